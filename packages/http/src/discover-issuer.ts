import { ConfigError } from '@tideway/runtime/config'
import { developmentIssuer } from '@tideway/runtime/production'
import { createRemoteJWKSet } from 'jose'

export type Discovered = { issuer: string; keys: ReturnType<typeof createRemoteJWKSet> }

const timeoutMs = 3_000
const withoutSlash = (address: string) => address.replace(/\/$/, '')
const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

/**
 * Reads the metadata of the issuer.
 *
 * @throws ConfigError in production if it is the development issuer; Error if it does not answer,
 *   or is the metadata of another issuer
 * @see OpenID Connect Discovery 1.0, section 4
 */
export const discover = async (address: string, production: boolean): Promise<Discovered> => {
  const response = await fetch(`${withoutSlash(address)}/.well-known/openid-configuration`, {
    signal: AbortSignal.timeout(timeoutMs),
  })
  if (!response.ok) throw new Error(`issuer answered ${response.status}`)
  const metadata = (await response.json()) as Record<string, unknown>
  if (production && metadata[developmentIssuer] !== undefined)
    throw new ConfigError(
      'Not for production (ENVIRONMENT):\n  OIDC_ISSUER is the development issuer: set it to the OpenID Connect issuer of the region',
    )
  const { issuer, jwks_uri: keys } = metadata
  if (!isText(issuer) || !isText(keys) || withoutSlash(issuer) !== withoutSlash(address))
    throw new Error('the metadata is of another issuer')
  return { issuer, keys: createRemoteJWKSet(new URL(keys), { timeoutDuration: timeoutMs }) }
}
