import { integer, readConfig, text } from '@tideway/runtime/config'
import {
  healthPort,
  host,
  kafkaBrokers,
  logLevel,
  mongodbDatabase,
  mongodbUrl,
  otlpEndpoint,
  schemaRegistryUrl,
} from '@tideway/runtime/common-settings'

/** Every setting of this service; the README's table is made from it. */
export const settings = {
  kafkaBrokers,
  schemaRegistryUrl,
  mongodbUrl,
  mongodbDatabase,
  consumerGroup: text(
    'CONSUMER_GROUP',
    'Kafka consumer group; another group builds every record anew and needs a database of its own',
    'projector',
  ),
  gatherMs: integer(
    'CONSUMER_GATHER_MS',
    'How long a read may wait for more events to come, milliseconds; adds at most this to latency',
    0,
    5_000,
    30,
  ),
  host,
  healthPort,
  logLevel,
  otlpEndpoint,
}

export const loadConfig = (env: NodeJS.ProcessEnv) => readConfig(env, settings)
