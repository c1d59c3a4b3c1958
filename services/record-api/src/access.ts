import { createRemoteJWKSet, errors as jose, type JWTPayload, jwtVerify } from 'jose'
import { ApiError } from './errors.ts'
import { type Role, roles } from './permissions.ts'

/** Who asks, from the token's claims. */
export type Subject = { sub: string; name: string | null; role: Role; organisation: string }

export type AccessSettings = { oidcIssuer: string; oidcAudience: string; oidcClockSkewSeconds: number }

type Discovered = { issuer: string; keys: ReturnType<typeof createRemoteJWKSet> }

const timeoutMs = 3_000
/** Asymmetric only: a shared secret could be used to mint tokens. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA']
const withoutSlash = (address: string) => address.replace(/\/$/, '')
const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

/**
 * Reads the issuer's metadata and where its keys are.
 *
 * @throws Error if it does not answer, or says it is somebody else
 * @see OpenID Connect Discovery 1.0, section 4
 */
const discover = async (address: string): Promise<Discovered> => {
  const response = await fetch(`${withoutSlash(address)}/.well-known/openid-configuration`, { signal: AbortSignal.timeout(timeoutMs) })
  if (!response.ok) throw new Error(`issuer answered ${response.status}`)
  const { issuer, jwks_uri: keys } = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown }
  if (!isText(issuer) || !isText(keys) || withoutSlash(issuer) !== withoutSlash(address)) throw new Error('issuer metadata is not that of the issuer set')
  return { issuer, keys: createRemoteJWKSet(new URL(keys), { timeoutDuration: timeoutMs }) }
}

/** @see RFC 6750 section 3, the WWW-Authenticate response header field */
const refusal = (code: 'UNAUTHENTICATED' | 'INVALID_TOKEN' | 'TOKEN_EXPIRED', cause?: unknown) => {
  const why = code === 'UNAUTHENTICATED' ? '' : `, error="invalid_token", error_description="${code === 'TOKEN_EXPIRED' ? 'expired' : 'not accepted'}"`
  return new ApiError(code, { headers: { 'www-authenticate': `Bearer realm="tideway"${why}` }, cause })
}

const failed = (error: unknown): ApiError => {
  if (error instanceof jose.JWTExpired) return refusal('TOKEN_EXPIRED', error)
  const fault = error instanceof jose.JOSEError ? error.code : null
  // The generic code is what jose gives for keys that could not be fetched; every other one is about the token itself.
  if (fault === null || fault === 'ERR_JWKS_TIMEOUT' || fault === 'ERR_JOSE_GENERIC' || fault === 'ERR_JWKS_INVALID')
    return new ApiError('ISSUER_UNAVAILABLE', { cause: error })
  return refusal('INVALID_TOKEN', error)
}

/** @throws ApiError NOT_PERMITTED if the token names no role of ours, or no organisation */
const subjectOf = ({ sub, name, role, organisation }: JWTPayload): Subject => {
  const known = roles.find((ours) => ours === role)
  if (known === undefined || !isText(organisation) || !isText(sub)) throw new ApiError('NOT_PERMITTED')
  return { sub, name: isText(name) ? name : null, role: known, organisation }
}

/**
 * Checks bearer tokens of one issuer: signature, issuer, audience, times.
 *
 * The issuer is found at the first token, so that this service can start before it.
 *
 * @see RFC 9068 JSON Web Token profile for OAuth 2.0 access tokens
 */
export const bearerAccess = ({ oidcIssuer, oidcAudience, oidcClockSkewSeconds }: AccessSettings) => {
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
     * @throws ApiError UNAUTHENTICATED, INVALID_TOKEN, TOKEN_EXPIRED, NOT_PERMITTED or ISSUER_UNAVAILABLE
     */
    async subject(authorization: string | undefined): Promise<Subject> {
      const token = /^Bearer ([\w.~+/-]+=*)$/i.exec(authorization ?? '')?.[1]
      if (token === undefined) throw refusal('UNAUTHENTICATED')
      try {
        const { issuer: name, keys } = await issuer()
        const { payload } = await jwtVerify(token, keys, {
          issuer: name,
          audience: oidcAudience,
          algorithms,
          clockTolerance: oidcClockSkewSeconds,
          requiredClaims: ['exp', 'sub'],
        })
        return subjectOf(payload)
      } catch (error) {
        throw error instanceof ApiError ? error : failed(error)
      }
    },

    /** Whether the issuer answers now. */
    answers: async () => {
      await discover(oidcIssuer)
      return true
    },
  }
}

export type Access = ReturnType<typeof bearerAccess>
