import { connectKafka, type KafkaConnection } from '@tideway/kafka/client'
import type { KafkaSettings } from '@tideway/runtime/kafka-settings'
import type { Log } from '@tideway/runtime/log'
import { differenceText } from '@tideway/kafka/topic-durability'
import { ConfigError } from '@tideway/runtime/config'
import { connectRegistry } from '@tideway/kafka/registry'
import type { TopicName } from '@tideway/schemas/topics'

const requireDurable = async (
  kafka: Pick<KafkaConnection, 'topicDifferences'>,
  names: readonly TopicName[],
  production: boolean,
  log: Log,
): Promise<void> => {
  const differences = (await kafka.topicDifferences(names)).map(differenceText)
  if (differences.length === 0) return
  if (!production) return log.warn({ differences }, 'topics are not durable enough for production')
  throw new ConfigError(
    `Topics that do not keep what is acknowledged:\n${differences.map((one) => `  ${one}\n`).join('')}npm run setup -- --repair mends configuration; ENVIRONMENT=development accepts it`,
  )
}

/** Topics that a receiving service writes to. */
export const receivingTopics = ['rawMessages', 'patientEvents', 'parkedMessages'] as const

/**
 * Connects a receiving service to the log: registers its schemas and checks that its topics keep
 * what is acknowledged. In development it says what production would refuse.
 *
 * @param topics  that it writes to
 * @throws ConfigError in production, with every difference; Error as `registry.register`
 */
export const openLog = async (
  service: string,
  config: KafkaSettings & { schemaRegistryUrl: string },
  production: boolean,
  log: Log,
  topics: readonly TopicName[] = receivingTopics,
) => {
  const kafka = connectKafka(config, service, log)
  const registry = connectRegistry(config.schemaRegistryUrl)
  await registry.register(topics)
  await requireDurable(kafka, topics, production, log)
  return { kafka, registry, publisher: await kafka.publisher() }
}
