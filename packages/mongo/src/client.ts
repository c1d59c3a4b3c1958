import { MongoClient } from 'mongodb'
import { collectionsOf } from './collections.ts'
import { generationsOf } from './generations.ts'

/**
 * Connects to a database. The result has its collections, those of the record in the generation
 * that is live now; see `collections.ts`.
 */
export const connectMongo = async (url: string, database: string) => {
  const client = await MongoClient.connect(url, {
    serverSelectionTimeoutMS: 5_000,
    retryWrites: false,
    ignoreUndefined: true,
  })
  const db = client.db(database)
  const generations = generationsOf(db)
  return {
    ...collectionsOf(db, (await generations.read()).current),
    generations,
    /** The collections, those of the record in one generation. */
    inGeneration: (generation: number) => collectionsOf(db, generation),
    drop: () => db.dropDatabase(),
    answers: async () => (await db.command({ ping: 1 })).ok === 1,
    close: () => client.close(),
  }
}

export type Mongo = Awaited<ReturnType<typeof connectMongo>>
