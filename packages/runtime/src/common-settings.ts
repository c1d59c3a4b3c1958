import { choice, flag, integer, optional, secret, text, url } from './config.ts'
import { kafkaSettings } from './kafka-settings.ts'
import { keyFile } from './key-file.ts'

/** Settings that several services share; each service picks those it needs. */
export const environment = choice(
  'ENVIRONMENT',
  'production refuses what is for development only: see docs/operations.md, "Production"; and NHS numbers of the test ranges',
  ['development', 'production'],
  'production',
)
export const tlsByProxy = flag(
  'TLS_BY_PROXY',
  'A proxy in front terminates TLS; production needs this or a certificate',
  false,
)
export const healthPort = integer(
  'HEALTH_PORT',
  'Port of /health/live, /health/ready and /metrics; 0 takes a free one',
  0,
  65_535,
  0,
)
export const host = text('HOST', 'Address to listen on', '127.0.0.1')
export const logLevel = choice(
  'LOG_LEVEL',
  'Least severe log line written',
  ['debug', 'info', 'warn', 'error'],
  'info',
)
export const { kafkaBrokers } = kafkaSettings
export const schemaRegistryUrl = url(
  'SCHEMA_REGISTRY_URL',
  'Schema registry, Confluent API, e.g. http://127.0.0.1:8081/apis/ccompat/v7',
)
export const mongodbUrl = secret('MONGODB_URL', 'MongoDB connection string')
export const mongodbDatabase = text('MONGODB_DATABASE', 'Database name', 'tideway')
export const otlpEndpoint = optional(
  url(
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    'OpenTelemetry collector, OTLP over HTTP; no traces if not set',
  ),
)

export const publicIdKeys = keyFile(
  'PUBLIC_ID_KEY_FILE',
  'File of the keys of public ids: one a line in base64 (openssl rand -base64 32), the current one first',
)

/** Of a service that consumes events. */
export const gatherMs = integer(
  'CONSUMER_GATHER_MS',
  'How long a fetch may wait for more events, milliseconds; adds at most this to latency',
  0,
  5_000,
  30,
)

export const objectStore = {
  s3Endpoint: optional(url('S3_ENDPOINT', 'S3 endpoint; AWS itself if not set')),
  s3Region: text('S3_REGION', 'S3 region', 'eu-west-2'),
  s3Bucket: text('S3_BUCKET', 'Bucket of the archive and of large payloads', 'tideway-archive'),
  s3AccessKeyId: optional(
    secret('S3_ACCESS_KEY_ID', 'Access key; the default credential chain if not set'),
  ),
  s3SecretAccessKey: optional(secret('S3_SECRET_ACCESS_KEY', 'Secret key')),
}

/** Settings of every service that receives messages. */
export const receiving = {
  environment,
  host,
  healthPort,
  logLevel,
  ...kafkaSettings,
  schemaRegistryUrl,
  ...objectStore,
  otlpEndpoint,
}
