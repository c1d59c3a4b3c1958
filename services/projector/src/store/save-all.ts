import {
  type AnyBulkWriteOperation,
  BSON,
  type Collection,
  MongoBulkWriteError,
  MongoInvalidArgumentError,
} from 'mongodb'
import { RefusedError } from '../errors.ts'

type Versioned = { _id: string; version: number }

const duplicateKey = 11000

/**
 * Whether an error means that a document can never be written: too large, or a name or value BSON
 * cannot hold.
 */
const isAboutDocument = (error: unknown): boolean =>
  error instanceof RangeError ||
  error instanceof BSON.BSONError ||
  error instanceof MongoInvalidArgumentError

/**
 * Counts of a bulk write where some writes lost to existing documents.
 *
 * @throws RefusedError if a retry cannot help; any other error unchanged
 */
const writtenIn = (error: unknown): number => {
  if (isAboutDocument(error))
    throw new RefusedError('the document cannot be written', { cause: error })
  if (!(error instanceof MongoBulkWriteError)) throw error
  const failures = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors]
  if (failures.length === 0) throw error
  if (failures.some(({ code }) => code !== duplicateKey))
    throw new RefusedError('the document was rejected', { cause: error })
  return error.insertedCount + error.matchedCount
}

/**
 * Writes each document if it has not changed since it was loaded: its `version` is one higher than
 * then, 1 for a new one.
 *
 * @param rules  version of the rules that made them, written with each
 * @returns number of documents lost to another writer @throws RefusedError if one of them can
 *   never be written
 */
export const saveAll = async <T extends Versioned>(
  collection: Collection<T>,
  documents: readonly T[],
  rules: string,
): Promise<number> => {
  if (documents.length === 0) return 0
  const writes = documents.map((document) =>
    document.version === 1
      ? { insertOne: { document: { ...document, rules } } }
      : {
          replaceOne: {
            filter: { _id: document._id, version: document.version - 1 },
            replacement: { ...document, rules },
            upsert: false,
          },
        },
  )
  const bulk = async () =>
    collection.bulkWrite(writes as AnyBulkWriteOperation<T>[], { ordered: false })
  const written = await bulk().then(
    ({ insertedCount, matchedCount }) => insertedCount + matchedCount,
    writtenIn,
  )
  return documents.length - written
}
