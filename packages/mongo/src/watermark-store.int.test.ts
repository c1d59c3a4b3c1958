import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectMongo, type Mongo } from './client.ts'
import { allWatermarks, watermarkStore } from './watermark-store.ts'

let mongo: Mongo
beforeAll(async () => {
  mongo = await connectMongo(process.env['MONGODB_URL'] ?? '', `marks-${randomUUID().slice(0, 8)}`)
})
afterAll(async () => {
  await mongo.drop()
  await mongo.close()
})

test('a watermark begins at offset 0, moves from where it stands and never back, past a gap or to another log', async () => {
  const store = watermarkStore(mongo, 'one')
  const noting = async (from: number, next: number, by = store) => {
    by.note('t', 0, { from, next, through: next })
    await by.save()
    return store.next('t', 0)
  }
  expect(await store.next('t', 0)).toBe(0)
  expect(await noting(5, 9)).toBe(0)
  expect(await noting(0, 4)).toBe(4)
  expect(await noting(5, 9)).toBe(4)
  expect(await noting(4, 9)).toBe(9)
  expect(await noting(2, 6)).toBe(9)
  const another = watermarkStore(mongo, 'another')
  expect(await noting(0, 50, another)).toBe(9)
  expect(await another.next('t', 0)).toBe(0)
  expect(await allWatermarks(mongo)).toMatchObject([
    { _id: 't/0', log: 'one', next: 9, through: new Date(9) },
  ])
})

test('what is noted before a save that fails is written by the next', async () => {
  let fails = true
  const failing = {
    bulkWrite: async (...all: Parameters<Mongo['watermarks']['bulkWrite']>) => {
      if (fails) throw new Error('no store')
      return mongo.watermarks.bulkWrite(...all)
    },
  } as Mongo['watermarks']
  const store = watermarkStore({ watermarks: failing }, 'one')
  store.note('u', 1, { from: 0, next: 3, through: 1 })
  await expect(store.save()).rejects.toThrow('no store')
  store.note('u', 1, { from: 3, next: 7, through: 2 })
  fails = false
  await store.save()
  expect(await watermarkStore(mongo, 'one').next('u', 1)).toBe(7)
})

test('whoever writes, in whatever order, it never passes a record that nobody has', async () => {
  const range = fc.record({ from: fc.nat(12), length: fc.integer({ min: 1, max: 6 }) })
  const step = fc.record({ who: fc.nat(1), range, saves: fc.boolean() })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const topic = randomUUID()
      const stores = [watermarkStore(mongo, 'one'), watermarkStore(mongo, 'one')]
      const done = new Set<number>()
      for (const {
        who,
        range: { from, length },
        saves,
      } of steps) {
        for (let offset = from; offset < from + length; offset += 1) done.add(offset)
        stores[who]?.note(topic, 0, { from, next: from + length, through: 0 })
        if (saves) await stores[who]?.save()
      }
      await Promise.all(stores.map((store) => store.save()))
      const next = (await stores[0]?.next(topic, 0)) ?? 0
      for (let offset = 0; offset < next; offset += 1) expect(done.has(offset)).toBe(true)
    }),
    { numRuns: 25 },
  )
})
