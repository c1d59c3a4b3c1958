import { connectKafka } from '@tideway/kafka/client'
import type { Log } from '@tideway/runtime/log'
import { connectRegistry } from '@tideway/kafka/registry'
import type { TopicName } from '@tideway/schemas/topics'

/** Topics that a receiving service writes to. */
export const receivingTopics = ['rawMessages', 'patientEvents', 'parkedMessages'] as const

/**
 * Connects a receiving service to the log: registers its schemas and checks that its topics are
 * durable enough for production.
 *
 * @param topics  that it writes to
 * @throws Error as `registry.register` and `kafka.requireDurable`
 */
export const openLog = async (
  service: string,
  { kafkaBrokers, schemaRegistryUrl }: { kafkaBrokers: string[]; schemaRegistryUrl: string },
  production: boolean,
  log: Log,
  topics: readonly TopicName[] = receivingTopics,
) => {
  const kafka = connectKafka(kafkaBrokers, service, log)
  const registry = connectRegistry(schemaRegistryUrl)
  await registry.register(topics)
  await kafka.requireDurable(topics, production)
  return { kafka, registry, publisher: await kafka.publisher() }
}
