import {
  type AnyBulkWriteOperation,
  type Collection,
  type Document,
  MongoBulkWriteError,
} from 'mongodb'

const duplicateKey = 11000

/**
 * An unordered bulk write in which writes whose key exists already are skipped.
 *
 * @returns indexes in `writes` of those that were skipped
 * @throws MongoBulkWriteError for any other failure
 */
export const bulkWriteNew = async <T extends Document>(
  collection: Collection<T>,
  writes: AnyBulkWriteOperation<T>[],
): Promise<Set<number>> => {
  if (writes.length === 0) return new Set()
  try {
    await collection.bulkWrite(writes, { ordered: false })
    return new Set()
  } catch (error) {
    if (!(error instanceof MongoBulkWriteError)) throw error
    const failures = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors]
    if (failures.some((failure) => failure.code !== duplicateKey)) throw error
    return new Set(failures.map((failure) => failure.index))
  }
}
