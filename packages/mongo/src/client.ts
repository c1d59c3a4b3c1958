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
