import type { ArchiveObject } from './ledger.ts'

/** Which record of which object: `position` counts records from 0. */
export type ArchivePlace = { object: string; position: number }

/**
 * Where a message is in the archive, from the object with the greatest `first` that is not after
 * its offset.
 *
 * @returns null while no object covers it
 */
export const archivePlace = (
  object: Pick<ArchiveObject, '_id' | 'first' | 'last' | 'skipped'> | null,
  offset: number,
): ArchivePlace | null => {
  if (
    object === null ||
    offset < object.first ||
    offset > object.last ||
    object.skipped.includes(offset)
  )
    return null
  return {
    object: object._id,
    position: offset - object.first - object.skipped.filter((skipped) => skipped < offset).length,
  }
}
