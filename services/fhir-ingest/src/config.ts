import { integer, optional, readConfig, text, url } from '@tideway/runtime/config'
import { publicIdKeys, receiving, tlsByProxy } from '@tideway/runtime/common-settings'
import { withKafka } from '@tideway/runtime/kafka-settings'

/** Every setting of this service. The table in docs/settings.md is generated from this. */
export const settings = {
  fhirPort: integer(
    'FHIR_PORT',
    'Port of the FHIR interface; 0 for any free port',
    0,
    65_535,
    8085,
  ),
  fhirTlsCertFile: optional(
    text(
      'FHIR_TLS_CERT_FILE',
      'PEM file of the TLS certificate with its chain; if not set, plain HTTP: see TLS_BY_PROXY',
    ),
  ),
  fhirTlsKeyFile: optional(text('FHIR_TLS_KEY_FILE', 'PEM file of the private key')),
  tlsByProxy,
  fhirBaseUrl: optional(
    url(
      'FHIR_BASE_URL',
      'Public address of /fhir, for Location headers; if not set, they are relative',
    ),
  ),
  oidcIssuer: url('OIDC_ISSUER', 'Address of the OpenID Connect issuer whose tokens are accepted'),
  oidcAudience: text('OIDC_AUDIENCE', 'Audience that tokens must have', 'tideway'),
  oidcClockSkewSeconds: integer(
    'OIDC_CLOCK_SKEW_SECONDS',
    'Clock skew tolerated when a token is checked',
    0,
    300,
    5,
  ),
  sourcesDir: text('SOURCES_DIR', 'Folder of the source files', 'schemas/sources'),
  maxBodyBytes: integer(
    'MAX_BODY_BYTES',
    'Largest body, compressed and uncompressed',
    1_024,
    50_000_000,
    20_000_000,
  ),
  maxEntries: integer('MAX_ENTRIES', 'Most entries in a Bundle', 1, 100_000, 5_000),
  maxInFlightBytes: integer(
    'MAX_IN_FLIGHT_BYTES',
    'Most bytes of bodies received and not yet answered, half of them of one client; above it requests are answered 503',
    1_000_000,
    4_000_000_000,
    200_000_000,
  ),
  requestsPerMinute: integer(
    'REQUESTS_PER_MINUTE',
    'Requests per minute of one client; above it they are answered 429',
    1,
    1_000_000,
    6_000,
  ),
  publicIdKeys,
  ...receiving,
}

/** @throws ConfigError with every problem */
export const loadConfig = (env: NodeJS.ProcessEnv) => withKafka(readConfig(env, settings))

export type FhirIngestConfig = ReturnType<typeof loadConfig>
