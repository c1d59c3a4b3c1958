import type { ArchiveObject } from '@tideway/schemas/documents/ledger'

/** Offsets of a partition, both ends included. */
export type OffsetRange = { partition: number; first: number; last: number }

/**
 * Offsets between the objects of each partition that no object covers. What lies before the first
 * object or after the last is not counted: the log may begin later, or still have to be archived.
 */
export const gapsIn = (
  objects: readonly Pick<ArchiveObject, 'partition' | 'first' | 'last'>[],
): OffsetRange[] => {
  const gaps: OffsetRange[] = []
  for (const own of Map.groupBy(objects, ({ partition }) => partition).values()) {
    let covered: number | null = null
    for (const { partition, first, last } of own.toSorted((a, b) => a.first - b.first)) {
      if (covered !== null && first > covered + 1)
        gaps.push({ partition, first: covered + 1, last: first - 1 })
      covered = Math.max(covered ?? last, last)
    }
  }
  return gaps.toSorted((a, b) => a.partition - b.partition || a.first - b.first)
}
