import type { ArchiveObject } from '@tideway/schemas/documents/ledger'

type Covered = Pick<ArchiveObject, 'first' | 'last'>

/** Offsets of a partition that can not be archived any more, both ends included. */
export type LostRange = { first: number; last: number }

/**
 * Where the archiver has to read a partition again, so that everything the log still has is in the
 * archive; what the log no longer has is lost unless an object covers it.
 *
 * @param objects    of the partition, in any order
 * @param from       where the archive begins in this log
 * @param low        first offset the log still has
 * @param committed  where the archiver would go on
 */
export const readAgain = (
  objects: readonly Covered[],
  { from, low, committed }: { from: number; low: number; committed: number },
): { at: number; lost: LostRange[] } => {
  const lost: LostRange[] = []
  let at: number | null = null
  let next = from
  const gap = (first: number, end: number): void => {
    if (first < Math.min(end, low)) lost.push({ first, last: Math.min(end, low) - 1 })
    if (end > low) at ??= Math.max(first, low)
  }
  for (const { first, last } of objects.toSorted((a, b) => a.first - b.first)) {
    if (last < from) continue
    if (first > next) gap(next, first)
    next = Math.max(next, last + 1)
  }
  if (next < committed) gap(next, committed)
  return { at: at ?? Math.max(next, low), lost }
}
