import { createRemoteJWKSet, errors as jose, type JWTPayload, jwtVerify } from 'jose'

export type BearerSettings = {
  oidcIssuer: string
  oidcAudience: string
  oidcClockSkewSeconds: number
}

export type BearerCode =
  | 'UNAUTHENTICATED'
  | 'INVALID_TOKEN'
  | 'TOKEN_EXPIRED'
  | 'ISSUER_UNAVAILABLE'

/** A bearer token was not accepted, or could not be checked. */
export class BearerError extends Error {
  override readonly name = 'BearerError'
  readonly code: BearerCode

  constructor(code: BearerCode, options?: ErrorOptions) {
    super(code, options)
    this.code = code
  }
}

type Discovered = { issuer: string; keys: ReturnType<typeof createRemoteJWKSet> }

const timeoutMs = 3_000
/** Asymmetric algorithms only: anyone who can verify with a shared secret can also sign. */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
]
const withoutSlash = (address: string) => address.replace(/\/$/, '')
const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

/**
 * Reads the metadata of the issuer.
 *
 * @throws Error if it does not answer, or is the metadata of another issuer
 * @see OpenID Connect Discovery 1.0, section 4
 */
const discover = async (address: string): Promise<Discovered> => {
  const response = await fetch(`${withoutSlash(address)}/.well-known/openid-configuration`, {
    signal: AbortSignal.timeout(timeoutMs),
  })
  if (!response.ok) throw new Error(`issuer answered ${response.status}`)
  const { issuer, jwks_uri: keys } = (await response.json()) as {
    issuer?: unknown
    jwks_uri?: unknown
  }
  if (!isText(issuer) || !isText(keys) || withoutSlash(issuer) !== withoutSlash(address))
    throw new Error('the metadata is of another issuer')
  return { issuer, keys: createRemoteJWKSet(new URL(keys), { timeoutDuration: timeoutMs }) }
}

const failed = (error: unknown): BearerError => {
  if (error instanceof jose.JWTExpired) return new BearerError('TOKEN_EXPIRED', { cause: error })
  const fault = error instanceof jose.JOSEError ? error.code : null
  // jose reports keys that could not be fetched with its generic code; other codes are about the
  // token.
  const unavailable =
    fault === null ||
    fault === 'ERR_JWKS_TIMEOUT' ||
    fault === 'ERR_JOSE_GENERIC' ||
    fault === 'ERR_JWKS_INVALID'
  return new BearerError(unavailable ? 'ISSUER_UNAVAILABLE' : 'INVALID_TOKEN', { cause: error })
}

/** The WWW-Authenticate header of a refusal. @see RFC 6750 section 3 */
export const challengeOf = (code: BearerCode): string => {
  const why =
    code === 'UNAUTHENTICATED'
      ? ''
      : `, error="invalid_token", error_description="${code === 'TOKEN_EXPIRED' ? 'expired' : 'not accepted'}"`
  return `Bearer realm="tideway"${why}`
}

/**
 * Checks the bearer tokens of one issuer: signature, issuer, audience and times.
 *
 * Discovery runs at the first token, so that a service can start before its issuer.
 *
 * @see RFC 9068 JSON Web Token profile for OAuth 2.0 access tokens
 */
export const bearerTokens = ({
  oidcIssuer,
  oidcAudience,
  oidcClockSkewSeconds,
}: BearerSettings) => {
  let discovered: Promise<Discovered> | null = null
  const issuer = (): Promise<Discovered> => {
    const found = discovered ?? discover(oidcIssuer)
    discovered = found
    found.catch(() => {
      if (discovered === found) discovered = null
    })
    return found
  }

  return {
    /**
     * @param authorization  the Authorization header
     * @throws BearerError
     */
    async claims(authorization: string | undefined): Promise<JWTPayload> {
      const token = /^Bearer ([\w.~+/-]+=*)$/i.exec(authorization ?? '')?.[1]
      if (token === undefined) throw new BearerError('UNAUTHENTICATED')
      try {
        const { issuer: name, keys } = await issuer()
        const expected = {
          issuer: name,
          audience: oidcAudience,
          algorithms,
          clockTolerance: oidcClockSkewSeconds,
          requiredClaims: ['exp', 'sub'],
        }
        return (await jwtVerify(token, keys, expected)).payload
      } catch (error) {
        throw failed(error)
      }
    },

    /** Whether the issuer answers now. @throws Error if it does not */
    answers: async () => {
      await discover(oidcIssuer)
      return true
    },
  }
}

export type BearerTokens = ReturnType<typeof bearerTokens>
