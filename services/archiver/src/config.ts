import { integer, readConfig, text } from '@tideway/runtime/config'
import {
  healthPort,
  host,
  kafkaBrokers,
  logLevel,
  mongodbDatabase,
  mongodbUrl,
  objectStore,
  otlpEndpoint,
  schemaRegistryUrl,
} from '@tideway/runtime/common-settings'

/** Every setting of this service; the README's table is made from it. */
export const settings = {
  kafkaBrokers,
  schemaRegistryUrl,
  mongodbUrl,
  mongodbDatabase,
  ...objectStore,
  consumerGroup: text(
    'CONSUMER_GROUP',
    'Kafka consumer group; another group archives everything again and needs a bucket and a database of its own',
    'archiver',
  ),
  consumerSessionMs: integer(
    'CONSUMER_SESSION_MS',
    'How long after a crash its partitions wait to be taken over; also the longest silence of a live consumer',
    6_000,
    300_000,
    15_000,
  ),
  archiveObjectBytes: integer(
    'ARCHIVE_OBJECT_BYTES',
    'Size at which an archive object is closed, before compression',
    1_024,
    268_435_456,
    8_388_608,
  ),
  archiveIntervalMs: integer(
    'ARCHIVE_INTERVAL_MS',
    'Longest time a message waits for its archive object',
    50,
    600_000,
    5_000,
  ),
  gatherMs: integer(
    'CONSUMER_GATHER_MS',
    'How long a read may wait for more messages to come, milliseconds; adds at most this to the age of the ledger',
    0,
    5_000,
    200,
  ),
  host,
  healthPort,
  logLevel,
  otlpEndpoint,
}

export const loadConfig = (env: NodeJS.ProcessEnv) => readConfig(env, settings)
