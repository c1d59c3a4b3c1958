import { putPayloads, type Upload } from '@tideway/ingest/large-payloads'
import { sizeOf } from '@tideway/ingest/message-records'
import type { Outgoing } from '@tideway/kafka/client'
import type { Line } from '../open-line.ts'

/** Large enough for throughput, small enough for one record batch. */
const sendBytes = 1_000_000

/**
 * Publishes in the order given, many messages in one request. Attachments are in the object store
 * before the events that refer to them are published.
 */
export const publishInOrder = ({ publisher, store }: Pick<Line, 'publisher' | 'store'>) => {
  let records: Outgoing[] = []
  let uploads: Upload[] = []
  let waiting = 0
  const flush = async () => {
    await putPayloads(store, uploads)
    if (records.length > 0) await publisher.publish(records)
    records = []
    uploads = []
    waiting = 0
  }
  return {
    async add(more: readonly Outgoing[], attachments: readonly Upload[]): Promise<void> {
      uploads.push(...attachments)
      for (const record of more) {
        const size = sizeOf([record])
        if (waiting + size > sendBytes) await flush()
        records.push(record)
        waiting += size
      }
    },
    flush,
  }
}
