import { integer, optional, readConfig, text, url } from '@tideway/runtime/config'
import {
  environment,
  healthPort,
  host,
  logLevel,
  mongodbDatabase,
  mongodbUrl,
  objectStore,
  otlpEndpoint,
  publicIdKeys,
  schemaRegistryUrl,
  tlsByProxy,
} from '@tideway/runtime/common-settings'
import { kafkaSettings, withKafka } from '@tideway/runtime/kafka-settings'

/** Every setting of this service. The table in docs/settings.md is generated from this object. */
export const settings = {
  recordApiPort: integer(
    'RECORD_API_PORT',
    'Port of the record API; 0 takes a free one',
    0,
    65_535,
    8080,
  ),
  tlsCertFile: optional(
    text(
      'RECORD_API_TLS_CERT_FILE',
      'PEM file of the TLS certificate with its chain; if not set, plain HTTP: see TLS_BY_PROXY',
    ),
  ),
  tlsKeyFile: optional(text('RECORD_API_TLS_KEY_FILE', 'PEM file of the private key')),
  tlsByProxy,
  oidcIssuer: url('OIDC_ISSUER', 'Address of the OpenID Connect issuer whose tokens are accepted'),
  oidcAudience: text('OIDC_AUDIENCE', 'Audience a token must be meant for', 'tideway'),
  oidcClockSkewSeconds: integer(
    'OIDC_CLOCK_SKEW_SECONDS',
    'Difference of clocks tolerated when a token is checked',
    0,
    300,
    5,
  ),
  sourcesDir: text(
    'SOURCES_DIR',
    'Folder of source files; the names of organisations come from it',
    'schemas/sources',
  ),
  environment,
  ...kafkaSettings,
  schemaRegistryUrl,
  mongodbUrl,
  mongodbDatabase,
  publicIdKeys,
  ...objectStore,
  host,
  healthPort,
  logLevel,
  otlpEndpoint,
}

export const loadConfig = (env: NodeJS.ProcessEnv) => withKafka(readConfig(env, settings))

export type Config = ReturnType<typeof loadConfig>
