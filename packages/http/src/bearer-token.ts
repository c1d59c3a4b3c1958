import { ConfigError } from '@tideway/runtime/config'
import { errors as jose, type JWTPayload, jwtVerify } from 'jose'
import { type Discovered, discover } from './discover-issuer.ts'

export type BearerSettings = {
  environment: 'development' | 'production'
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
  environment,
  oidcIssuer,
  oidcAudience,
  oidcClockSkewSeconds,
}: BearerSettings) => {
  let discovered: Promise<Discovered> | null = null
  const isProduction = environment === 'production'
  const issuer = (): Promise<Discovered> => {
    const found = discovered ?? discover(oidcIssuer, isProduction)
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
      await discover(oidcIssuer, isProduction)
      return true
    },

    /**
     * For the start of a service, which may start before its issuer.
     *
     * @throws ConfigError in production if the issuer answers, and is the development issuer
     */
    requireIssuer: async (): Promise<void> => {
      await discover(oidcIssuer, isProduction).catch((error: unknown) => {
        if (error instanceof ConfigError) throw error
      })
    },
  }
}

export type BearerTokens = ReturnType<typeof bearerTokens>
