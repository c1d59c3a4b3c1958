import { randomBytes } from 'node:crypto'
import type { JWK } from 'jose'
import Provider, { errors, type KoaContextWithOIDC } from 'oidc-provider'
import { keyClient, publicPartOf } from './key-client.ts'
import { type Holder, holderOf, isOrganisation, isRole, roles } from './people.ts'

/** What record-api asks for in `aud`. */
const audience = 'tideway'
const resource = 'urn:tideway'
/** What a token may be asked for; FHIR in is for systems: `system/*.cu`, `system/Observation.c`. */
const isScope = (scope: string): boolean =>
  scope === 'record' || /^system\/(\*|[A-Z][A-Za-z]+)\.(c|u|cu)$/.test(scope)
const lifetimeSeconds = 12 * 3_600

type Asked = Record<string, unknown> | undefined

const scopesOf = (ctx: KoaContextWithOIDC): string =>
  String((ctx.oidc.body as Asked)?.['scope'] ?? '')
    .split(' ')
    .filter(isScope)
    .join(' ')

const plain = { grant_types: ['client_credentials'], redirect_uris: [], response_types: [] }

/** The client is the role; the organisation comes with the request. */
const holder = (ctx: KoaContextWithOIDC, clientId: string | undefined): Holder => {
  const organisation = String((ctx.oidc.body as Asked)?.['organisation'] ?? '').toUpperCase()
  const role = clientId === keyClient ? 'system' : clientId
  if (role === undefined || !isRole(role)) throw new errors.InvalidClient('no such role')
  if (!isOrganisation(organisation))
    throw new errors.InvalidRequest('organisation must be an ODS code')
  return holderOf(role, organisation)
}

/**
 * A small OpenID Connect issuer for development: client credentials in, a signed JWT access token
 * out.
 *
 * @param ofClient  keys of the client that has no secret
 * @see RFC 6749 section 4.4, RFC 7523, RFC 8707, RFC 9068
 */
export const openProvider = (
  issuer: string,
  jwks: { keys: JWK[] },
  ofClient: { keys: JWK[] },
  clientSecret: string,
): Provider =>
  new Provider(issuer, {
    // The same keys, in the types of another release of the same library.
    jwks: jwks as never,
    clients: [
      ...roles.map((role) => ({
        ...plain,
        client_id: role,
        client_secret: clientSecret,
        token_endpoint_auth_method: 'client_secret_post' as const,
      })),
      {
        ...plain,
        client_id: keyClient,
        jwks: publicPartOf(ofClient) as never,
        token_endpoint_auth_method: 'private_key_jwt',
      },
    ],
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
