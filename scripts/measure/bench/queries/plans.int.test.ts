import { randomUUID } from 'node:crypto'
import { connectMongo, type Mongo } from '@tideway/mongo/client'
import { ensureIndexes } from '@tideway/mongo/indexes'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { fillStore } from './fill.ts'
import { type Query, queriesOf } from './queries.ts'
import { readTemplate } from './template.ts'

type Collection = Mongo['messages']
type Filter = object

const messages = 400

let mongo: Mongo
let queries: Query[]
beforeAll(async () => {
  mongo = await connectMongo(process.env['MONGODB_URL'] ?? '', `plans-${randomUUID().slice(0, 8)}`)
  await ensureIndexes(mongo)
  const template = await readTemplate()
  await fillStore(mongo, template, 0, messages)
  queries = queriesOf(mongo, template)
})
afterAll(async () => {
  await mongo.drop()
  await mongo.close()
})

type Asked = { collection: Collection; filter: Filter }

type Writes = readonly Record<string, { filter?: Filter }>[]

const filtersOf = (writes: Writes): Filter[] =>
  writes.flatMap((write) => Object.values(write).flatMap(({ filter }) => filter ?? []))

/** Every filter that a query hands to the driver. */
const asked = async (query: Query): Promise<Asked[]> => {
  const all: Asked[] = []
  const watch = (method: 'find' | 'bulkWrite' | 'deleteMany' | 'countDocuments') => {
    const { prototype } = mongo.messages.constructor as { prototype: Collection }
    const real = prototype[method] as (...all: unknown[]) => never
    function watched(this: Collection, first: unknown, ...more: unknown[]): never {
      const filters = method === 'bulkWrite' ? filtersOf(first as Writes) : [first ?? {}]
      for (const filter of filters) all.push({ collection: this, filter })
      return real.call(this, first, ...more)
    }
    return vi.spyOn(prototype, method).mockImplementation(watched)
  }
  const spies = (['find', 'bulkWrite', 'deleteMany', 'countDocuments'] as const).map(watch)
  try {
    await query.run(messages / 2)
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
  return all
}

/** Reads all of a collection that is nearly always empty. */
const readsAll = ['settle what was parked early']
/** For people at a prompt; SecantusDB has no range over `_id`, and a whole id is read by it. */
const scansThere = ['message by the start of its id']

const scans = async (collection: Collection, filter: Filter): Promise<boolean> => {
  const plan = await collection.find(filter).explain('queryPlanner')
  return JSON.stringify(plan['queryPlanner']).includes('COLLSCAN')
}

/**
 * Whether an index serves a filter: of all its fields together, else of one of them by itself,
 * which SecantusDB reads by and does not explain.
 */
const isServed = async ({ collection, filter }: Asked): Promise<boolean> => {
  if (!(await scans(collection, filter))) return true
  for (const [field, value] of Object.entries(filter))
    if (!(await scans(collection, { [field]: value }))) return true
  return false
}

test('no query of any service reads a whole collection', async () => {
  const unserved: string[] = []
  let seen = 0
  for (const query of queries) {
    if ([...readsAll, ...scansThere].includes(query.name)) continue
    for (const one of await asked(query)) {
      seen += 1
      if (!(await isServed(one)))
        unserved.push(
          `${query.name}: ${one.collection.collectionName} by ${Object.keys(one.filter).join(', ')}`,
        )
    }
  }
  expect(unserved).toEqual([])
  expect(seen).toBeGreaterThan(queries.length)
})

test('a filter without an index, and an $or, are seen as scans', async () => {
  const collection = mongo.messages
  const either = { $or: [{ parked: null }, { 'parked.at': { $lt: 1 } }] }
  expect(await isServed({ collection, filter: { size: 900 } })).toBe(false)
  expect(await isServed({ collection, filter: either })).toBe(false)
})
