import { connectKafka } from '@tideway/kafka/client'
import { createLog } from '@tideway/runtime/log'
import { connectRegistry } from '@tideway/kafka/registry'

/**
 * Listens to what readers are told: for each message, when its documents could be read, as the
 * projector stamps it after the write and before it tells anybody (`readableAt` of
 * record-changes.v1).
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
    onCrash: (cause) => log.error({ cause }, 'no longer told of changes'),
  })
  return { readableAt, lastReadableAt, close: consumer.close }
}

export type Changes = Awaited<ReturnType<typeof watchChanges>>
