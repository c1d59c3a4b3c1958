import { setTimeout as pause } from 'node:timers/promises'
import { ArchiveFormatError } from '@tideway/schemas/archive'
import type { ArchiveObject } from '@tideway/schemas/documents/ledger'
import type { ConsumerBatch } from '@tideway/kafka/consumer'
import type { Log } from '@tideway/runtime/log'
import type { ObjectStore } from '@tideway/object-store/client'
import type { ArchiverMetrics } from '../metrics.ts'
import { retryUntilDone } from '../retry-until-done.ts'
import type { ArchiveObjectDraft, LogEntry } from './archive-object.ts'
import { partitionBuffer } from './partition-buffer.ts'
import { ArchiveConflict, putArchiveObject } from './put-archive-object.ts'

export type RawBatch = Pick<
  ConsumerBatch<'rawMessages'>,
  'partition' | 'generation' | 'isStale' | 'commit' | 'heartbeat'
>

export type ArchivePorts = {
  store: Pick<ObjectStore, 'putNew' | 'get'>
  objects: {
    /** Last offset of the object that covers this one; null if none does. */
    coveredUntil: (partition: number, offset: number) => Promise<{ last: number | null }>
    add: (object: ArchiveObject) => Promise<object>
  }
  limits: { objectBytes: number; intervalMs: number }
  log: Log
  metrics: ArchiverMetrics
  /** The archive contradicts the log: retrying cannot help and an operator has to look. */
  onConflict: (cause: unknown) => void
}

const retryRoomEveryMs = 100
const heartbeatEveryMs = 1_000

export const isFinal = (cause: unknown): boolean =>
  cause instanceof ArchiveConflict || cause instanceof ArchiveFormatError

export const logUnreachable = (log: Log) => (cause: unknown) =>
  log.warn({ cause }, 'archive not reachable, retrying')

const commitOrWarn = async (batch: RawBatch, offset: number, log: Log): Promise<void> => {
  try {
    await batch.commit(offset)
  } catch (cause) {
    log.warn(
      { cause, partition: batch.partition },
      'offset not committed, the next commit covers it',
    )
  }
}

/** Puts an object and indexes it. @returns null if the partition was lost meanwhile */
const putAndIndex = async (
  draft: ArchiveObjectDraft,
  isCurrent: () => boolean,
  { store, objects, log, metrics }: ArchivePorts,
): Promise<ArchiveObject | null> => {
  const retry = { while: isCurrent, onFailure: logUnreachable(log), isFinal }
  const timer = metrics.putLatency.startTimer()
  const put = await retryUntilDone(() => putArchiveObject(store, draft, new Date()), retry)
  if (put === null || (await retryUntilDone(() => objects.add(put.object), retry)) === null)
    return null
  timer()
  metrics.archived(put.object, put.adopted)
  return put.object
}

/**
 * Archives one partition for as long as it is assigned to this process: puts an object, indexes it
 * in `archive-objects`, commits the offset, in this order.
 *
 * @param firstBatch    the batch it was assigned with
 * @param coveredUntil  last offset that is archived already
 * @param isAssigned    false once the partition was assigned anew or closed
 */
export const archivePartition = (
  firstBatch: RawBatch,
  coveredUntil: number,
  isAssigned: () => boolean,
  ports: ArchivePorts,
) => {
  const { limits, log, onConflict } = ports
  const buffer = partitionBuffer(firstBatch.partition, coveredUntil)
  let batch = firstBatch
  let flushing: Promise<void> | null = null

  const isCurrent = () => isAssigned() && !batch.isStale()

  const flushAll = async (): Promise<void> => {
    const upTo = buffer.lastOffset() ?? -1
    buffer.restartAge()
    while (isCurrent() && (buffer.firstOffset() ?? Infinity) <= upTo) {
      const object = await putAndIndex(buffer.draft(limits.objectBytes), isCurrent, ports)
      if (object === null) return
      buffer.dropThrough(object.last)
      await commitOrWarn(batch, object.last, log)
    }
  }

  /** Archives what is buffered now; calls made meanwhile share its promise. */
  const flush = (): Promise<void> => {
    flushing ??= flushAll()
      .catch(onConflict)
      .finally(() => {
        flushing = null
      })
    return flushing
  }

  return {
    isOf: (generation: number) => batch.generation === generation,
    isStale: () => batch.isStale(),
    length: buffer.length,

    /** Buffers what was read; entries that are archived already are committed at once. */
    async add(read: RawBatch, entries: readonly LogEntry[], last: number): Promise<void> {
      batch = read
      buffer.add(entries)
      if (buffer.length() === 0) await commitOrWarn(batch, last, log)
      if (buffer.bytes() >= limits.objectBytes) void flush()
    },

    flushIfOld(): void {
      if (buffer.age() >= limits.intervalMs) void flush()
    },

    /**
     * Bounds memory: with two objects' worth of entries buffered, reading waits for the archive.
     */
    async waitForRoom(isClosing: () => boolean): Promise<void> {
      while (buffer.bytes() >= 2 * limits.objectBytes && isCurrent() && !isClosing()) {
        const before = buffer.bytes()
        await Promise.race([flush(), pause(heartbeatEveryMs, undefined, { ref: false })])
        if (buffer.bytes() >= before) await pause(retryRoomEveryMs)
        await batch.heartbeat()
      }
    },

    async close(): Promise<void> {
      await flushing
      await flush()
    },
  }
}
