import { randomBytes } from 'node:crypto'
import type { JWK } from 'jose'
import Provider, { errors, type KoaContextWithOIDC } from 'oidc-provider'
import { type Holder, holderOf, isOrganisation, isRole, roles } from './people.ts'

/** What record-api asks for in `aud`. */
const audience = 'tideway'
const resource = 'urn:tideway'
const lifetimeSeconds = 12 * 3_600

/** The client is the role; the organisation comes with the request. */
const holder = (ctx: KoaContextWithOIDC, clientId: string | undefined): Holder => {
  const organisation = String((ctx.oidc.body as Record<string, unknown> | undefined)?.['organisation'] ?? '').toUpperCase()
  if (clientId === undefined || !isRole(clientId)) throw new errors.InvalidClient('no such role')
  if (!isOrganisation(organisation)) throw new errors.InvalidRequest('organisation must be an ODS code')
  return holderOf(clientId, organisation)
}

/**
 * A small OpenID Connect issuer for development: client credentials in, a signed JWT access token out.
 *
 * @see RFC 6749 section 4.4, RFC 8707, RFC 9068
 */
export const openProvider = (issuer: string, jwks: { keys: JWK[] }, clientSecret: string): Provider =>
  new Provider(issuer, {
    // The same keys, in the types of another release of the same library.
    jwks: jwks as never,
    clients: roles.map((role) => ({
      client_id: role,
      client_secret: clientSecret,
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
      token_endpoint_auth_method: 'client_secret_post',
    })),
    ttl: { ClientCredentials: lifetimeSeconds },
    cookies: { keys: [randomBytes(32).toString('hex')] },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({ scope: 'record', audience, accessTokenTTL: lifetimeSeconds, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } } }),
      },
    },
    formats: {
      customizers: {
        jwt(ctx, token, jwt) {
          Object.assign(jwt.payload, holder(ctx, token.clientId))
        },
      },
    },
  })
