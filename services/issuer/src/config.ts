import { ConfigError, integer, readConfig, secret, text, url } from '@tideway/runtime/config'
import { environment, host, logLevel } from '@tideway/runtime/common-settings'

/** Every setting of this service. For development only: a region has its own issuer. */
export const settings = {
  environment,
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

/** @throws ConfigError with every problem; in production in any case */
export const loadConfig = (env: NodeJS.ProcessEnv) => {
  const config = readConfig(env, settings)
  if (config.environment === 'production')
    throw new ConfigError(
      'Not for production (ENVIRONMENT):\n  the issuer gives tokens to whoever knows its secret: set OIDC_ISSUER of the services to the OpenID Connect issuer of the region, and do not start this one; for development set ENVIRONMENT=development',
    )
  return config
}

export type Config = ReturnType<typeof loadConfig>
