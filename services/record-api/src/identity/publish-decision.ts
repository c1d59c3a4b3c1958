import { controlRecord } from '@tideway/ingest/control-record'
import type { KafkaConnection, Publisher } from '@tideway/kafka/client'
import type { Registry } from '@tideway/kafka/registry'
import type { IdentityDecided } from '@tideway/schemas/events.generated'
import { numberKeyOf } from '@tideway/schemas/public-id'

type PublishPorts = {
  kafka: Pick<KafkaConnection, 'publisher'>
  registry: Pick<Registry, 'encode' | 'register'>
}

/**
 * Publishes a steward's decision under the key of each number that it is about, one request at a
 * time, as an idempotent producer requires. Connects when the first is made: reading needs no log.
 */
export const decisionPublisher = ({ kafka, registry }: PublishPorts) => {
  let current: Promise<unknown> = Promise.resolve()
  let opened: Publisher | null = null

  const open = async (): Promise<Publisher> => {
    if (opened !== null) return opened
    await registry.register(['patientEvents'])
    opened = await kafka.publisher()
    return opened
  }

  const send = async (decision: IdentityDecided): Promise<void> => {
    const publisher = await open()
    const keys = [...new Set(decision.patientKeys.map(numberKeyOf))]
    const records = keys.map((patientKey, nth) =>
      controlRecord(
        {
          ...{ patientKey, messageId: `${decision.decisionId}.${nth}`, at: Date.now() * 1000 },
          ...{ traceparent: null, place: 'decision', body: decision },
        },
        registry.encode,
      ),
    )
    await publisher.publish(records)
  }

  return {
    /** Resolves when the decision is durable. */
    publish: (decision: IdentityDecided): Promise<void> => {
      const sent = current.catch(() => undefined).then(() => send(decision))
      current = sent
      return sent
    },
    close: async (): Promise<void> => {
      await opened?.close()
    },
  }
}
