import { randomUUID } from 'node:crypto'
import type { ArchiveObject, LedgerMessage } from '@tideway/schemas/documents/ledger'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectMongo, type Mongo } from './client.ts'
import { coveringObject, openObjectSearch } from './covering-object.ts'
import { ensureIndexes, indexes } from './indexes.ts'
import { type Below, type IndexedBy, newestMessages } from './newest-messages.ts'

let mongo: Mongo
const hourMicros = 3_600_000_000
const now = 1_800_000_000_000_000

beforeAll(async () => {
  mongo = await connectMongo(process.env['MONGODB_URL'] ?? '', `mongo-${randomUUID().slice(0, 8)}`)
})
afterAll(async () => {
  await mongo.drop()
  await mongo.close()
})

const message = (index: number, more: Partial<LedgerMessage> = {}): LedgerMessage => ({
  ...{ _id: `m${String(index).padStart(4, '0')}`, source: index % 3 === 0 ? 'RJ1' : 'RJZ' },
  ...{ controlId: index % 4 === 0 ? 'SAME' : `C${index}`, type: 'ADT^A01', answered: 'AA' },
  ...{ characterSet: null, receivedAt: new Date(0), durableAt: new Date(0), partition: 0 },
  // Three at a time, an hour apart, then further and further.
  received: now - Math.floor(index / 3) ** 2 * hourMicros,
  ...{ offset: index, size: 1, events: 1, patientKeys: [`RJZ|${index % 5}`], unused: [] },
  ...{ problem: null, parked: null, duplicates: [], ...more },
})

const parked = (state: 'PARKED' | 'DROPPED') => ({
  ...{ state, code: 'MISSING_FIELD', place: 'PV1', stage: 'NORMALISE' as const },
  ...{ since: new Date(0), at: 1, by: null, reason: null },
})

test('a database of an earlier release gets whole indexes, whose counts are right, and loses the partial ones', async () => {
  await mongo.messages.insertMany([
    ...Array.from({ length: 100 }, (_, index) => message(index)),
    ...[100, 101].map((index) => message(index, { patientKeys: ['P'], parked: parked('PARKED') })),
    message(102, { patientKeys: ['P'], parked: parked('DROPPED') }),
  ])
  for (const field of ['parked.state', 'problem.code'])
    await mongo.messages.createIndex(
      { [field]: 1, patientKeys: 1 },
      { partialFilterExpression: { [field]: { $exists: true } } },
    )
  await mongo.messages.createIndex({ partition: 1, offset: 1 })
  await ensureIndexes(mongo)
  await ensureIndexes(mongo)
  const made = await mongo.messages.listIndexes().toArray()
  expect(made.map(({ key }) => JSON.stringify(key)).toSorted()).toEqual(
    [{ _id: 1 }, ...indexes.filter(({ on }) => on === 'messages').map(({ key }) => key)]
      .map((key) => JSON.stringify(key))
      .toSorted(),
  )
  expect(made.filter(({ partialFilterExpression }) => partialFilterExpression)).toEqual([])
  const count = async (state: string) =>
    (
      await mongo.messages
        .find({ 'parked.state': state as never, patientKeys: { $in: ['P'] } })
        .toArray()
    ).length
  expect([await count('PARKED'), await count('DROPPED')]).toEqual([2, 1])
})

/** Every page of a list, each message once, in order. */
const allPages = async (
  by: IndexedBy,
  keep: ((message: LedgerMessage) => boolean) | null,
  limit: number,
): Promise<string[]> => {
  const seen: string[] = []
  for (let below: Below | null = null; ; ) {
    const page = await newestMessages(mongo, by, keep, below, limit, now)
    seen.push(...page.messages.map(({ _id }) => _id))
    expect(page.messages.length).toBeLessThanOrEqual(limit)
    if (page.next === null) return seen
    below = page.next
  }
}

const expected = async (wants: (message: LedgerMessage) => boolean): Promise<string[]> =>
  (await mongo.messages.find({}).toArray())
    .filter(wants)
    .toSorted((a, b) => b.received - a.received || (a._id < b._id ? -1 : 1))
    .map(({ _id }) => _id)

test('pages by each index hold every message once, newest first, whatever their size', async () => {
  const lists: [IndexedBy, (message: LedgerMessage) => boolean][] = [
    [{}, () => true],
    [{ source: 'RJ1' }, ({ source }) => source === 'RJ1'],
    [{ controlId: 'SAME' }, ({ controlId }) => controlId === 'SAME'],
    [{ 'parked.state': 'PARKED' }, (one) => one.parked?.state === 'PARKED'],
  ]
  for (const [by, wants] of lists)
    for (const limit of [7, 50])
      expect(await allPages(by, null, limit)).toEqual(await expected(wants))
})

test('what no index narrows is tested one by one, and a full page knows whether there are more', async () => {
  const isRare = ({ offset }: LedgerMessage) => offset % 40 === 1
  const rare = await expected(isRare)
  expect(await allPages({}, isRare, 2)).toEqual(rare)
  const last = await newestMessages(mongo, {}, isRare, null, rare.length, now)
  expect([last.messages.length, last.next]).toEqual([rare.length, null])
})

test('the object that covers an offset is found, far or near, after large ones and small ones', async () => {
  const object = (partition: number, first: number, last: number): ArchiveObject => ({
    ...{ _id: `${partition}/${first}`, partition, first, last, skipped: [], messages: 1, bytes: 1 },
    ...{ archivedAt: new Date(0), firstReceivedAt: new Date(0), lastReceivedAt: new Date(0) },
  })
  await mongo.archiveObjects.insertMany([
    object(0, 0, 1_999_999),
    ...Array.from({ length: 300 }, (_, index) =>
      object(0, 2_000_000 + index * 3, 2_000_002 + index * 3),
    ),
    object(1, 500, 600),
  ])
  const search = openObjectSearch(mongo)
  const found = async (partition: number, offset: number) =>
    (await search(partition, offset))?._id ?? null
  expect(await found(0, 1_999_999)).toBe('0/0')
  expect(await found(0, 2_000_100)).toBe('0/2000099')
  expect(await found(0, 5)).toBe('0/0')
  expect(await found(0, 9_999_999)).toBe('0/2000897')
  expect(await found(1, 499)).toBeNull()
  expect(await found(1, 550)).toBe('1/500')
  expect((await coveringObject(mongo, 1, 700))?._id).toBe('1/500')
  expect(await coveringObject(mongo, 2, 0)).toBeNull()
})
