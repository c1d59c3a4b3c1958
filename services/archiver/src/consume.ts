import type { MessageReceived } from '@tideway/schemas/events.generated'
import type { ConsumerBatch, Incoming } from '@tideway/kafka/consumer'
import type { Log } from '@tideway/runtime/log'
import type { ObjectStore } from '@tideway/object-store/client'
import type { Tracing } from '@tideway/runtime/tracing'
import { archivePartitionOf } from '@tideway/schemas/documents/epoch'
import { topics } from '@tideway/schemas/topics'
import type { FeedGapsStore } from './ledger/feed-gaps-store.ts'
import type { FeedStore } from './ledger/feed-store.ts'
import { ledgerMessage } from './ledger/ledger-message.ts'
import type { LedgerStore } from './ledger/ledger-store.ts'
import type { ArchiverMetrics } from './metrics.ts'
import type { ParkedStore } from './ledger/parked-store.ts'
import type { WatermarkStore } from '@tideway/mongo/watermark-store'
import type { LogEntry } from './archive/archive-object.ts'
import { retryUntilDone } from './retry-until-done.ts'

type ReadBatch = ConsumerBatch<'rawMessages' | 'parkedMessages'>

type ConsumePorts = {
  ledger: Pick<LedgerStore, 'record'>
  parked: Pick<ParkedStore, 'record'>
  feeds: Pick<FeedStore, 'note'>
  feedGaps: Pick<FeedGapsStore, 'note'>
  watermarks: Pick<WatermarkStore, 'note'>
  archive: {
    take: (batch: ConsumerBatch<'rawMessages'>, entries: readonly LogEntry[]) => Promise<void>
  }
  store: Pick<ObjectStore, 'putNew'>
  tracing: Tracing | null
  log: Log
  metrics: ArchiverMetrics
  /** Which log it is; see `Epoch`. */
  logNumber: number
}

/**
 * Handles both topics. The ledger is written at once; the archive buffers messages and commits
 * their offsets after it has put them.
 */
export const consume = ({
  ledger,
  parked,
  feeds,
  feedGaps,
  watermarks,
  archive,
  store,
  tracing,
  log,
  metrics,
  logNumber,
}: ConsumePorts) => {
  const retryLedger = <R extends object>(
    batch: Pick<ConsumerBatch<'rawMessages'>, 'isStale' | 'heartbeat'>,
    act: () => Promise<R>,
  ) =>
    retryUntilDone(act, {
      while: () => !batch.isStale(),
      onFailure: (cause) => log.warn({ cause }, 'ledger not reachable, retrying'),
      beforeRetry: batch.heartbeat,
    })

  /**
   * Records that do not decode are kept as they are beside the archive, so that no byte is lost.
   */
  const keepUndecodable = async (
    batch: ConsumerBatch<'rawMessages'>,
    { offset, record }: Incoming<'rawMessages'>,
  ) => {
    const place = { partition: batch.partition, offset }
    log.error(place, 'record does not decode, kept aside')
    metrics.undecodable.inc({ topic: topics.rawMessages.name })
    await retryLedger(batch, async () => ({
      put: await store.putNew(
        `${topics.rawMessages.name}/undecodable/${place.partition}-${place.offset}.bin`,
        record,
        'application/octet-stream',
      ),
    }))
  }

  const observe = ({ value, header, timestamp }: Incoming<'rawMessages'>, isDuplicate: boolean) => {
    const message = value as MessageReceived
    const receivedAt = new Date(Math.floor(message.receivedAt / 1000))
    feeds.note(message.source, receivedAt, message.type)
    feedGaps.note(message.source, receivedAt)
    metrics.ledgerLatency.observe(Math.max(0, Date.now() - timestamp) / 1000)
    if (isDuplicate) metrics.duplicates.inc({ source: message.source })
    else metrics.ledger.inc({ source: message.source })
    tracing?.span('ledger', header('traceparent')).end()
  }

  /** The ledger has every record of a batch. */
  const reached = (
    topic: 'rawMessages' | 'parkedMessages',
    { partition, from, next, records }: Pick<ReadBatch, 'partition' | 'from' | 'next' | 'records'>,
  ) =>
    watermarks.note(topics[topic].name, partition, {
      from,
      next,
      through: records.at(-1)?.timestamp ?? 0,
    })

  return {
    async rawMessages(taken: ConsumerBatch<'rawMessages'>): Promise<void> {
      const batch = { ...taken, partition: archivePartitionOf(logNumber, taken.partition) }
      const read = batch.records.filter(({ value }) => value !== null)
      for (const record of batch.records)
        if (record.value === null) await keepUndecodable(batch, record)
      const place = ({ offset }: { offset: number }) => ({ partition: batch.partition, offset })
      const documents = read.map((record) =>
        ledgerMessage(record.value as MessageReceived, place(record), record.timestamp),
      )
      const duplicates = await retryLedger(batch, () => ledger.record(documents))
      if (duplicates === null || batch.isStale()) return
      for (const record of read) observe(record, duplicates.has(record.offset))
      reached('rawMessages', taken)
      const entries = batch.records.map(({ offset, timestamp, value, record }) => ({
        offset,
        durableAt: timestamp,
        message: duplicates.has(offset) ? null : value,
        bytes: record.length,
      }))
      await archive.take(batch, entries)
    },

    async parkedMessages(batch: ConsumerBatch<'parkedMessages'>): Promise<void> {
      const read = batch.records.flatMap(({ value }) => (value === null ? [] : [value]))
      if (read.length < batch.records.length)
        metrics.undecodable.inc(
          { topic: topics.parkedMessages.name },
          batch.records.length - read.length,
        )
      if ((await retryLedger(batch, () => parked.record(read))) === null) return
      for (const { state, stage, problem } of read)
        metrics.parked.inc({ state, stage, code: problem.code })
      reached('parkedMessages', batch)
      await batch.commit(batch.records.at(-1)?.offset ?? 0)
    },
  }
}
