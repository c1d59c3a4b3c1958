import { randomBytes } from 'node:crypto'
import { developmentIssuer } from '@tideway/runtime/production'
import type { JWK } from 'jose'
import Provider, { errors, type KoaContextWithOIDC } from 'oidc-provider'
import { keyClient, publicPartOf } from './key-client.ts'
import { type Holder, holderOf, isOrganisation, isRole, roles } from './people.ts'

/** The `aud` claim that record-api requires. */
const audience = 'tideway'
const resource = 'urn:tideway'
/**
 * Scopes that can be requested. FHIR writes are for systems: `system/*.cu`, `system/Observation.c`.
 */
const isScope = (scope: string): boolean =>
  scope === 'record' || /^system\/(\*|[A-Z][A-Za-z]+)\.(c|u|cu)$/.test(scope)
const lifetimeSeconds = 12 * 3_600

type TokenRequest = Record<string, unknown> | undefined

const scopesOf = (ctx: KoaContextWithOIDC): string =>
  String((ctx.oidc.body as TokenRequest)?.['scope'] ?? '')
    .split(' ')
    .filter(isScope)
    .join(' ')

const clientDefaults = {
  grant_types: ['client_credentials'],
  redirect_uris: [],
  response_types: [],
}

/** The client is the role; the organisation comes with the request. */
const holder = (ctx: KoaContextWithOIDC, clientId: string | undefined): Holder => {
  const organisation = String((ctx.oidc.body as TokenRequest)?.['organisation'] ?? '').toUpperCase()
  const role = clientId === keyClient ? 'system' : clientId
  if (role === undefined || !isRole(role)) throw new errors.InvalidClient('no such role')
  if (!isOrganisation(organisation))
    throw new errors.InvalidRequest('organisation must be an ODS code')
  return holderOf(role, organisation)
}

/**
 * A small OpenID Connect issuer for development: client credentials grant, signed JWT access
 * tokens.
 *
 * @param clientJwks  keys of the client that has no secret
 * @see RFC 6749 section 4.4, RFC 7523, RFC 8707, RFC 9068
 */
export const openProvider = (
  issuer: string,
  jwks: { keys: JWK[] },
  clientJwks: { keys: JWK[] },
  clientSecret: string,
): Provider =>
  new Provider(issuer, {
    // jose and oidc-provider type the same keys differently.
    jwks: jwks as never,
    clients: [
      ...roles.map((role) => ({
        ...clientDefaults,
        client_id: role,
        client_secret: clientSecret,
        token_endpoint_auth_method: 'client_secret_post' as const,
      })),
      {
        ...clientDefaults,
        client_id: keyClient,
        jwks: publicPartOf(clientJwks) as never,
        token_endpoint_auth_method: 'private_key_jwt',
      },
    ],
    // In production services do not accept its tokens.
    discovery: { [developmentIssuer]: true },
    ttl: { ClientCredentials: lifetimeSeconds },
    cookies: { keys: [randomBytes(32).toString('hex')] },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo: (ctx) => ({
          scope: scopesOf(ctx),
          audience,
          accessTokenTTL: lifetimeSeconds,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
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
