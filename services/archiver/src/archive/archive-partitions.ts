import { retryUntilDone } from '../retry-until-done.ts'
import type { LogEntry } from './archive-object.ts'
import {
  type ArchivePorts,
  archivePartition,
  isFinal,
  logUnreachable,
  type RawBatch,
} from './archive-partition.ts'

type PartitionArchiver = ReturnType<typeof archivePartition>

const checkEveryMs = 100

/**
 * Buffers what is read until an archive object is large or old enough, then puts the object,
 * indexes it in `archive-objects` and commits its last offset, in this order.
 *
 * A crash between any two of these steps repeats the last one and changes nothing; see
 * `putArchiveObject`. After a rebalance, reading restarts at the committed offsets, so whatever was
 * buffered before is dropped. Offsets where every message is a duplicate get an (empty) object too:
 * if they were passed over, a consumer that lags behind would cut its objects differently.
 */
export const archivePartitions = (ports: ArchivePorts) => {
  const assigned = new Map<number, PartitionArchiver>()
  let isClosing = false

  /** @returns null if the group rebalanced meanwhile */
  const archiverFor = async (
    batch: RawBatch,
    firstOffset: number,
  ): Promise<PartitionArchiver | null> => {
    const { partition } = batch
    const known = assigned.get(partition)
    if (known?.isOf(batch.generation)) return known
    const covering = await retryUntilDone(
      () => ports.objects.coveredUntil(partition, firstOffset),
      {
        while: () => !batch.isStale(),
        onFailure: logUnreachable(ports.log),
        isFinal,
        beforeRetry: batch.heartbeat,
      },
    )
    if (covering === null || batch.isStale()) return null
    const archiver: PartitionArchiver = archivePartition(
      batch,
      covering.last ?? firstOffset - 1,
      () => assigned.get(partition) === archiver,
      ports,
    )
    assigned.set(partition, archiver)
    return archiver
  }

  const timer = setInterval(() => {
    for (const [partition, archiver] of assigned)
      if (archiver.isStale()) assigned.delete(partition)
      else archiver.flushIfOld()
  }, checkEveryMs)

  return {
    /**
     * Takes over what was read. Resolves late while the archive lags, so that reading waits and
     * memory stays bounded.
     */
    async take(batch: RawBatch, entries: readonly LogEntry[]): Promise<void> {
      const [first] = entries
      const last = entries.at(-1)
      if (first === undefined || last === undefined || isClosing) return
      const archiver = await archiverFor(batch, first.offset)
      if (archiver === null) return
      await archiver.add(batch, entries, last.offset)
      await archiver.waitForRoom(() => isClosing)
    },

    /** Number of messages read and not archived yet. */
    waiting: () => [...assigned.values()].reduce((sum, { length }) => sum + length(), 0),

    /** Archives what is buffered. Whatever is read after this is left to the next run. */
    async close(): Promise<void> {
      isClosing = true
      clearInterval(timer)
      await Promise.all([...assigned.values()].map((archiver) => archiver.close()))
    },
  }
}
