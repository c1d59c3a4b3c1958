import { connectKafka } from '@tideway/kafka/client'
import { createLog } from '@tideway/runtime/log'
import { connectRegistry } from '@tideway/kafka/registry'

/**
 * Consumes record-changes.v1 and keeps, for each message, when its documents became readable: the
 * `readableAt` that the projector sets after the write and before it publishes.
 */
export const watchChanges = async (kafka: string, registryUrl: string) => {
  const readableAt = new Map<string, number>()
  const lastReadableAt = new Map<string, number>()
  const log = createLog('bench', 'error')
  const consumer = await connectKafka(kafka.split(','), 'bench', log).consumer({
    topics: ['recordChanges'],
    groupId: `bench-${process.pid}`,
    gatherMs: 50,
    registry: connectRegistry(registryUrl),
    onBatch: async (_topic, { records }) => {
      for (const { value } of records) {
        const at = (value?.readableAt ?? 0) / 1000
        for (const message of value?.messages ?? []) {
          if (!readableAt.has(message)) readableAt.set(message, at)
          lastReadableAt.set(message, Math.max(at, lastReadableAt.get(message) ?? 0))
        }
      }
    },
    onCrash: (cause) => log.error({ cause }, 'the consumer of record changes stopped'),
  })
  return { readableAt, lastReadableAt, close: consumer.close }
}

export type Changes = Awaited<ReturnType<typeof watchChanges>>
