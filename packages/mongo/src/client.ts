import type {
  ArchiveObject,
  Feed,
  HeldEvent,
  LedgerMessage,
  ParkedEarly,
  Projection,
} from '@tideway/schemas/documents/ledger'
import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientHead } from '@tideway/schemas/documents/head'
import {
  type AnyBulkWriteOperation,
  type Collection,
  type Document,
  MongoBulkWriteError,
  MongoClient,
} from 'mongodb'

/** Connects, and names every collection once. */
export const connectMongo = async (url: string, database: string) => {
  const client = await MongoClient.connect(url, {
    serverSelectionTimeoutMS: 5_000,
    retryWrites: false,
    ignoreUndefined: true,
  })
  const db = client.db(database)
  return {
    patients: db.collection<PatientHead>('patients'),
    entries: db.collection<Entry>('entries'),
    projections: db.collection<Projection>('projections'),
    held: db.collection<HeldEvent>('held'),
    messages: db.collection<LedgerMessage>('messages'),
    archiveObjects: db.collection<ArchiveObject>('archive-objects'),
    feeds: db.collection<Feed>('feeds'),
    parkedEarly: db.collection<ParkedEarly>('parked-early'),
    drop: () => db.dropDatabase(),
    answers: async () => (await db.command({ ping: 1 })).ok === 1,
    close: () => client.close(),
  }
}

export type Mongo = Awaited<ReturnType<typeof connectMongo>>

const duplicateKey = 11000

/**
 * Writes in bulk, unordered, and tolerates keys that are there already.
 *
 * @returns places in `writes` that lost to a document that was there
 * @throws MongoBulkWriteError for any other failure
 */
export const bulkNew = async <T extends Document>(
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
