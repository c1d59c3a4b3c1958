import { readConfig, text } from '@tideway/shared/config'
import { healthPort, host, kafkaBrokers, logLevel, mongodbDatabase, mongodbUrl, otlpEndpoint, schemaRegistryUrl } from '@tideway/shared/settings'

/** Every setting of this service; the README's table is made from it. */
export const settings = {
  kafkaBrokers,
  schemaRegistryUrl,
  mongodbUrl,
  mongodbDatabase,
  consumerGroup: text('CONSUMER_GROUP', 'Kafka consumer group; another group builds every record anew and needs a database of its own', 'projector'),
  host,
  healthPort,
  logLevel,
  otlpEndpoint,
}

export const loadConfig = (env: NodeJS.ProcessEnv) => readConfig(env, settings)
