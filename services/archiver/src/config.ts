import { integer, readConfig, text } from '@tideway/runtime/config'
import {
  environment,
  healthPort,
  host,
  logLevel,
  mongodbDatabase,
  mongodbUrl,
  objectStore,
  otlpEndpoint,
  schemaRegistryUrl,
} from '@tideway/runtime/common-settings'
import { kafkaSettings, withKafka } from '@tideway/runtime/kafka-settings'

/** Every setting of this service. The table of settings in the documents is generated from this. */
export const settings = {
  environment,
  ...kafkaSettings,
  schemaRegistryUrl,
  mongodbUrl,
  mongodbDatabase,
  ...objectStore,
  consumerGroup: text(
    'CONSUMER_GROUP',
    'Kafka consumer group; another group archives everything again and needs its own bucket and database',
    'archiver',
  ),
  consumerSessionMs: integer(
    'CONSUMER_SESSION_MS',
    'How long after a crash its partitions wait for another member; also the longest gap between heartbeats of a live one',
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
    'How long a fetch may wait for more messages, milliseconds; delays the ledger by at most this',
    0,
    5_000,
    200,
  ),
  host,
  healthPort,
  logLevel,
  otlpEndpoint,
}

export const loadConfig = (env: NodeJS.ProcessEnv) => withKafka(readConfig(env, settings))
