import { MongoClient } from 'mongodb'
import { collectionsOf } from './collections.ts'

/** Connects to a database. The result has its collections; see `collections.ts`. */
export const connectMongo = async (url: string, database: string) => {
  const client = await MongoClient.connect(url, {
    serverSelectionTimeoutMS: 5_000,
    retryWrites: false,
    ignoreUndefined: true,
  })
  const db = client.db(database)
  return {
    ...collectionsOf(db),
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
  await messages.createIndex({ partition: 1, offset: 1 })
  for (const field of ['parked.state', 'problem.code'])
    await messages.createIndex(
      { [field]: 1, patientKeys: 1 },
      { partialFilterExpression: { [field]: { $exists: true } } },
    )
  await archiveObjects.createIndex({ partition: 1, first: 1 })
}
