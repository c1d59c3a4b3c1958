import type { ArchiveObject } from '@tideway/schemas/documents/ledger'
import type { Mongo } from './client.ts'

/** Offsets before a message among which the first try looks, at least and at most. */
const narrowest = 128
const widest = 1_024
const widening = 16
const tries = 4

/** Widths of the ranges to look in, in turn; bounded, for a store may read all of a range. */
const widthsFrom = (first: number): number[] => [
  ...Array.from({ length: tries }, (_, step) => first * widening ** step),
  Number.POSITIVE_INFINITY,
]

/**
 * Finds the archive object of a partition with the greatest `first` that is not after an offset:
 * the only one that can cover it. The range it looks in follows from how many offsets the object it
 * found last covers, so that one query is enough as a rule.
 *
 * @returns a search; its answer is null if no object begins before the offset
 */
export const openObjectSearch = ({ archiveObjects }: Pick<Mongo, 'archiveObjects'>) => {
  let width = narrowest
  return async (partition: number, offset: number): Promise<ArchiveObject | null> => {
    for (const within of widthsFrom(width)) {
      const first = { $lte: offset, ...(within <= offset ? { $gt: offset - within } : {}) }
      const [found = null] = await archiveObjects
        .find({ partition, first })
        .sort({ first: -1 })
        .limit(1)
        .toArray()
      if (found !== null)
        width = Math.min(widest, Math.max(narrowest, 2 * (found.last - found.first + 1)))
      if (found !== null || within > offset) return found
    }
    return null
  }
}

/** One search; see `openObjectSearch`. */
export const coveringObject = (
  mongo: Pick<Mongo, 'archiveObjects'>,
  partition: number,
  offset: number,
): Promise<ArchiveObject | null> => openObjectSearch(mongo)(partition, offset)
