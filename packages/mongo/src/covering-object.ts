import type { ArchiveObject } from '@tideway/schemas/documents/ledger'
import type { Mongo } from './client.ts'

/**
 * Offsets before a message among which the archive object that covers it is looked for, in turn.
 * Bounded, because a store that does not stop at a limit reads the whole range.
 */
const seekWithin = [128, 1_024, 8_192, 65_536, 524_288, Number.POSITIVE_INFINITY]

/**
 * The archive object of a partition with the greatest `first` that is not after an offset: the only
 * one that can cover it. Null if none begins before it.
 */
export const coveringObject = async (
  { archiveObjects }: Pick<Mongo, 'archiveObjects'>,
  partition: number,
  offset: number,
): Promise<ArchiveObject | null> => {
  for (const within of seekWithin) {
    const first = { $lte: offset, ...(Number.isFinite(within) ? { $gt: offset - within } : {}) }
    const [found = null] = await archiveObjects
      .find({ partition, first })
      .sort({ first: -1 })
      .limit(1)
      .toArray()
    if (found !== null || offset < within) return found
  }
  return null
}
