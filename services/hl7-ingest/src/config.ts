import { ConfigError, integer, optional, orOff, readConfig, text } from '@tideway/runtime/config'
import { receiving } from '@tideway/runtime/common-settings'
import { withKafka } from '@tideway/runtime/kafka-settings'

/** Every setting of this service; the table in the documentation is generated from this. */
export const settings = {
  mllpPort: orOff(
    integer(
      'MLLP_PORT',
      'Plain port that all sources share; 0 picks a free one. Source files may name further ports',
      0,
      65_535,
      2575,
    ),
  ),
  mllpSandboxPort: optional(
    integer(
      'MLLP_SANDBOX_PORT',
      'Port that accepts any sender, with MSH-4 as its organisation, for onboarding and tests; refused in production',
      0,
      65_535,
    ),
  ),
  mllpTlsPort: optional(
    integer('MLLP_TLS_PORT', 'Port for configured sources over TLS', 0, 65_535),
  ),
  mllpTlsCertFile: optional(
    text(
      'MLLP_TLS_CERT_FILE',
      'PEM file of the certificate of MLLP_TLS_PORT, with its chain; SIGHUP reloads it, its key and MLLP_TLS_CA_FILE',
    ),
  ),
  mllpTlsKeyFile: optional(text('MLLP_TLS_KEY_FILE', 'PEM file of the private key')),
  mllpTlsCaFile: optional(
    text(
      'MLLP_TLS_CA_FILE',
      'PEM file of the authorities for client certificates, which are then required (mutual TLS)',
    ),
  ),
  sourcesDir: text('SOURCES_DIR', 'Folder of the source files', 'schemas/sources'),
  maxMessageBytes: integer(
    'MAX_MESSAGE_BYTES',
    'Largest message, enforced on receipt; a source may have a lower limit',
    1_024,
    50_000_000,
    20_000_000,
  ),
  idleFrameMs: integer(
    'IDLE_FRAME_MS',
    'An incomplete frame is rejected after this time without a byte; a source may set its own',
    100,
    600_000,
    30_000,
  ),
  frameDeadlineMs: integer(
    'FRAME_DEADLINE_MS',
    'Time for the whole of a frame, from its first byte; a longer one is rejected',
    1_000,
    3_600_000,
    120_000,
  ),
  minFrameBytesPerSecond: integer(
    'MIN_FRAME_BYTES_PER_SECOND',
    'Least average rate of a frame older than IDLE_FRAME_MS; a slower one is rejected',
    1,
    1_000_000,
    4_096,
  ),
  connectionsPerAddress: integer(
    'CONNECTIONS_PER_ADDRESS',
    'Most open connections of one address to one port of one worker; more are closed at once',
    1,
    65_535,
    1_000,
  ),
  maxInFlightBytes: integer(
    'MAX_IN_FLIGHT_BYTES',
    'Messages received and not yet answered, and as much again for unfinished ones, shared by INGEST_WORKERS; above this, sockets are not read',
    1_000_000,
    4_000_000_000,
    200_000_000,
  ),
  workers: integer(
    'INGEST_WORKERS',
    'Worker processes sharing the ports; 0: one per core, at most four',
    0,
    64,
    0,
  ),
  ...receiving,
}

/** @throws ConfigError with every problem */
export const loadConfig = (env: NodeJS.ProcessEnv) => {
  const config = withKafka(readConfig(env, settings))
  const missing =
    config.mllpTlsPort === null
      ? []
      : [
          ...(config.mllpTlsCertFile === null ? ['MLLP_TLS_CERT_FILE'] : []),
          ...(config.mllpTlsKeyFile === null ? ['MLLP_TLS_KEY_FILE'] : []),
        ]
  if (missing.length > 0)
    throw new ConfigError(
      `Bad configuration:\n${missing.map((name) => `  ${name} is missing, and MLLP_TLS_PORT is set`).join('\n')}`,
    )
  return config
}

export type Hl7IngestConfig = ReturnType<typeof loadConfig>
