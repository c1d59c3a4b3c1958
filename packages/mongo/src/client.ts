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

/** Every index a query of ours relies on. Safe to repeat. */
export const ensureIndexes = async ({
  patients,
  entries,
  held,
  messages,
  archiveObjects,
}: Mongo): Promise<void> => {
  await patients.createIndex({ id: 1 }, { unique: true })
  await patients.createIndex({ nhsNumber: 1, birthDate: 1 })
  await entries.createIndex({ patient: 1, kind: 1, sortAt: -1, _id: 1 })
  await entries.createIndex({ id: 1 })
  await entries.createIndex({ holds: 1 }, { sparse: true })
  await held.createIndex({ patient: 1, offset: 1 })
  await messages.createIndex({ controlId: 1, received: -1, _id: 1 })
  await messages.createIndex({ source: 1, received: -1, _id: 1 })
  await messages.createIndex({ 'parked.state': 1, received: -1, _id: 1 })
  await messages.createIndex({ received: -1, _id: 1 })
  await messages.createIndex({ partition: 1, offset: 1 })
  for (const field of ['parked.state', 'problem.code'])
    await messages.createIndex(
      { [field]: 1, patientKeys: 1 },
      { partialFilterExpression: { [field]: { $exists: true } } },
    )
  await archiveObjects.createIndex({ partition: 1, first: 1 })
}

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
