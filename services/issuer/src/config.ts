import { integer, readConfig, secret, text, url } from '@tideway/runtime/config'
import { host, logLevel } from '@tideway/runtime/common-settings'

/** Every setting of this service. For development only: a region has its own issuer. */
export const settings = {
  host,
  logLevel,
  port: integer('ISSUER_PORT', 'Port of the issuer', 0, 65_535, 8090),
  issuer: url(
    'OIDC_ISSUER',
    'Address of the issuer, as in the iss claim of its tokens',
    'http://127.0.0.1:8090',
  ),
  keysDir: text(
    'ISSUER_KEYS_DIR',
    'Folder of the signing key and of client-jwks.json, the key of the client system-key; both are created at the first start',
  ),
  clientSecret: secret('ISSUER_CLIENT_SECRET', 'Secret of every client', 'tideway-local'),
}

export const loadConfig = (env: NodeJS.ProcessEnv) => readConfig(env, settings)

export type Config = ReturnType<typeof loadConfig>
