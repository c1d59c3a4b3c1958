import { connectKafka } from '@tideway/kafka/client'
import type { Log } from '@tideway/runtime/log'
import { connectRegistry } from '@tideway/kafka/registry'

/** Topics that a service writes to for what it received. */
export const receivingTopics = ['rawMessages', 'patientEvents', 'parkedMessages'] as const

/**
 * What a service that receives messages writes to: its schemas are registered, and its topics are
 * as durable as production asks.
 *
 * @throws Error as `registry.register` and `kafka.requireDurable`
 */
export const openLog = async (
  service: string,
  { kafkaBrokers, schemaRegistryUrl }: { kafkaBrokers: string[]; schemaRegistryUrl: string },
  production: boolean,
  log: Log,
) => {
  const kafka = connectKafka(kafkaBrokers, service, log)
  const registry = connectRegistry(schemaRegistryUrl)
  await registry.register(receivingTopics)
  await kafka.requireDurable(receivingTopics, production)
  return { kafka, registry, publisher: await kafka.publisher() }
}
