import { readConfig, text } from '@tideway/runtime/config'
import {
  gatherMs,
  healthPort,
  host,
  logLevel,
  mongodbDatabase,
  mongodbUrl,
  otlpEndpoint,
  publicIdKeys,
  schemaRegistryUrl,
} from '@tideway/runtime/common-settings'
import { kafkaSettings, withKafka } from '@tideway/runtime/kafka-settings'

/** Every setting of this service; the table in docs/settings.md is generated from it. */
export const settings = {
  ...kafkaSettings,
  schemaRegistryUrl,
  mongodbUrl,
  mongodbDatabase,
  publicIdKeys,
  consumerGroup: text(
    'CONSUMER_GROUP',
    'Kafka consumer group; a new group rebuilds every record and needs its own database',
    'projector',
  ),
  gatherMs,
  host,
  healthPort,
  logLevel,
  otlpEndpoint,
}

export const loadConfig = (env: NodeJS.ProcessEnv) => withKafka(readConfig(env, settings))
