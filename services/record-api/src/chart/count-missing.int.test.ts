// Over 250 lines: a property and what it does not reach, on one database
import { randomUUID } from 'node:crypto'
import { ledgerMessage } from '@tideway/archiver/ledger/ledger-message'
import { ledgerStore } from '@tideway/archiver/ledger/ledger-store'
import { parkedStore } from '@tideway/archiver/ledger/parked-store'
import { connectMongo, type Mongo } from '@tideway/mongo/client'
import { ensureIndexes } from '@tideway/mongo/indexes'
import type { LedgerMessage } from '@tideway/schemas/documents/ledger'
import type { MessageParked, MessageReceived } from '@tideway/schemas/events.generated'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordStore } from './store.ts'

const patients = ['RJZ|1', 'RJZ|2', 'RJ1|1'] as const
const messageCount = 8
const usedInPart = ['VISIT_NOT_IDENTIFIED', 'USED_IN_PART']
const codes: Record<string, string> = {
  parked: 'MISSING_FIELD',
  'no visit': 'VISIT_NOT_IDENTIFIED',
  'in part': 'USED_IN_PART',
}

let mongo: Mongo
beforeAll(async () => {
  mongo = await connectMongo(
    process.env['MONGODB_URL'] ?? '',
    `missing-${randomUUID().slice(0, 8)}`,
  )
  await ensureIndexes(mongo)
})
afterAll(async () => {
  await mongo.drop()
  await mongo.close()
})

type Killed = { whole: boolean; writes: number }

/** Collections in which the next bulk write stops after some of its writes, as when killed. */
const killable = (next: () => Killed | null): Mongo => {
  const wrap = <T extends object>(collection: T): T =>
    new Proxy(collection, {
      get(target, name) {
        const member = Reflect.get(target, name) as unknown
        if (typeof member !== 'function') return member
        if (name !== 'bulkWrite') return member.bind(target)
        return async (writes: unknown[], options: unknown) => {
          const killed = next()
          if (killed === null) return member.call(target, writes, options)
          const done = killed.whole ? writes : writes.slice(0, killed.writes)
          if (done.length > 0) await member.call(target, done, options).catch(() => undefined)
          throw new Error('killed')
        }
      },
    })
  return { ...mongo, messages: wrap(mongo.messages), parkedEarly: wrap(mongo.parkedEarly) }
}

const received = fc.record({
  patientKeys: fc.subarray([...patients], { minLength: 0, maxLength: 2 }),
  start: fc.constantFrom('whole', 'parked', 'no visit', 'in part'),
})
const statement = fc.record({
  message: fc.nat(messageCount - 1),
  state: fc.constantFrom('PARKED' as const, 'RELEASED' as const, 'DROPPED' as const),
})
const step = fc.record({
  do: fc.constantFrom('ledger' as const, 'parked' as const, 'settle' as const),
  messages: fc.array(fc.nat(messageCount - 1), { minLength: 1, maxLength: 4 }),
  from: fc.nat(9),
  count: fc.integer({ min: 1, max: 4 }),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never
const killing = fc.option(fc.record({ whole: fc.boolean(), writes: fc.nat(2) }), { freq: 3 })

const asReceived = (
  id: string,
  index: number,
  { patientKeys, start }: { patientKeys: string[]; start: string },
): MessageReceived => ({
  ...{ id, source: 'RJZ', bytes: Buffer.from('MSH|'), payload: null, connection: 'test' },
  ...{ receivedAt: 1_000_000 + index, sentAt: null, controlId: 'C', type: 'ADT^A01' },
  ...{ characterSet: 'utf-8', answered: 'AA', patientKeys, events: 1, unused: [] },
  submission: null,
  problem: start === 'whole' ? null : { code: codes[start] ?? '', place: 'PV1' },
  parked: start === 'parked',
})

/** What a scan of the ledger counts among messages with these ids. */
/** None in conflict, and none used in part. */
const counts = (parked: number, dropped: number) => ({ parked, inConflict: 0, dropped, inPart: 0 })

const scanned = async (keys: readonly string[], ids: string[]) => {
  const known = await mongo.messages.find({ _id: { $in: ids } }).toArray()
  const all = known.filter(({ patientKeys }) => patientKeys.some((key) => keys.includes(key)))
  const count = (isOne: (message: (typeof all)[number]) => boolean) => all.filter(isOne).length
  return {
    parked: count(({ parked }) => parked?.state === 'PARKED'),
    inConflict: 0,
    dropped: count(({ parked }) => parked?.state === 'DROPPED'),
    inPart: count(({ problem }) => usedInPart.includes(problem?.code ?? '')),
  }
}

test('counts are those of a scan of the ledger, after any order, redelivery and kill between writes', {
  timeout: 180_000,
}, async () => {
  const store = recordStore(mongo)
  await fc.assert(
    fc.asyncProperty(
      fc.array(received, { minLength: messageCount, maxLength: messageCount }),
      fc.array(statement, { minLength: 10, maxLength: 10 }),
      fc.array(fc.tuple(step, killing), { minLength: 4, maxLength: 10 }),
      async (messages, statements, steps) => {
        const run = randomUUID()
        const keyOf = (key: string) => `${key}-${run}`
        const keys = patients.map(keyOf)
        const documents = messages.map(({ patientKeys, start }, index) =>
          ledgerMessage(
            asReceived(`${run}.${index}`, index, { patientKeys: patientKeys.map(keyOf), start }),
            { partition: 0, offset: index },
            0,
          ),
        )
        const records = statements.map(
          ({ message, state }, index): MessageParked => ({
            ...{ messageId: `${run}.${message}`, eventId: null, source: 'RJZ', patientKey: null },
            ...{ stage: 'PROJECT', state, problem: { code: 'UNEXPECTED', place: 'PV1' } },
            ...{ at: 2_000_000 + index, by: null, reason: null, patientKeys: [] },
          }),
        )
        const ids = documents.map(({ _id }) => _id)
        let killed: Killed | null = null
        const taken = () => {
          const now = killed
          killed = null
          return now
        }
        const collections = killable(taken)
        const ledger = ledgerStore(collections)
        const parked = parkedStore(collections)
        const agree = async () => {
          for (const some of [keys, keys.slice(1)])
            expect(await store.countMissing(some)).toEqual(await scanned(some, ids))
        }
        const does: Record<Step['do'], (next: Step) => Promise<unknown>> = {
          ledger: ({ messages: some }) =>
            ledger.record([...new Set(some)].map((index) => documents[index] as LedgerMessage)),
          parked: ({ from, count }) => parked.record(records.slice(from, from + count)),
          settle: () => parked.settle(),
        }
        for (const [next, kill] of steps) {
          killed = kill
          await does[next.do](next).catch(({ message }: Error) => expect(message).toBe('killed'))
          await agree()
        }
        // What was not committed comes again.
        killed = null
        await ledger.record(documents)
        await parked.record(records)
        await parked.settle()
        await agree()
        const initial = new Map(documents.map((one) => [one._id, one.parked?.state]))
        const newest = new Map(records.map(({ messageId, state }) => [messageId, state]))
        const known = await mongo.messages.find({ _id: { $in: ids } }).toArray()
        for (const { _id, parked: now } of known)
          expect(now?.state ?? null).toBe(newest.get(_id) ?? initial.get(_id) ?? null)
      },
    ),
    { numRuns: 10 },
  )
})

test('a message about two patients of one person counts once, and a count ends at its limit', async () => {
  const run = randomUUID()
  const keys = [`RJZ|1-${run}`, `RJ1|1-${run}`]
  const document = (index: number) =>
    ledgerMessage(
      asReceived(`${run}.${index}`, index, { patientKeys: keys, start: 'parked' }),
      { partition: 0, offset: index },
      0,
    )
  const store = recordStore(mongo)
  await mongo.messages.insertOne(document(0))
  expect(await store.countMissing(keys)).toEqual(counts(1, 0))
  const inConflict = { $set: { 'parked.code': 'IDENTITY_CONFLICT' } }
  await mongo.messages.updateOne({ _id: document(0)._id }, inConflict)
  expect(await store.countMissing(keys)).toEqual({ ...counts(0, 0), inConflict: 1 })
  await mongo.messages.deleteOne({ _id: document(0)._id })
  await mongo.messages.insertOne(document(0))
  await mongo.messages.insertMany(Array.from({ length: 1_100 }, (_, index) => document(index + 1)))
  expect((await store.countMissing(keys)).parked).toBe(1_000)
})

test('a ledger made anew, which has the messages no longer, counts what was said of them in any order', async () => {
  const run = randomUUID()
  const [one, two] = [`RJZ|1-${run}`, `RJZ|2-${run}`]
  const said = (
    message: string,
    state: MessageParked['state'],
    at: number,
    patientKeys: string[],
  ): MessageParked => ({
    ...{ messageId: `${run}.${message}`, eventId: null, source: 'RJZ', stage: 'NORMALISE', state },
    ...{ problem: { code: 'MISSING_FIELD', place: 'PV1' }, at, by: null, reason: null },
    ...{ patientKey: patientKeys.length === 1 ? (patientKeys[0] as string) : null, patientKeys },
  })
  const records = [
    said('a', 'PARKED', 1, [one]),
    said('b', 'PARKED', 2, [one, two]),
    said('c', 'PARKED', 3, [one]),
    said('d', 'PARKED', 4, [two]),
    said('b', 'DROPPED', 5, []),
    said('d', 'RELEASED', 6, [two]),
  ]
  const store = recordStore(mongo)
  for (const order of [records, records.toReversed(), records]) {
    if (order !== records) await mongo.parkedEarly.deleteMany({})
    const parked = parkedStore(mongo)
    for (const record of order) await parked.record([record])
    await parked.settle()
    expect(await store.countMissing([one])).toEqual(counts(2, 1))
    expect(await store.countMissing([two])).toEqual(counts(0, 1))
    expect(await store.countMissing([one, two])).toEqual(counts(2, 1))
  }
  // The ledger has one of them after all.
  const document = ledgerMessage(
    { ...asReceived(`${run}.a`, 0, { patientKeys: [one], start: 'whole' }), parked: false },
    { partition: 0, offset: 0 },
    0,
  )
  await ledgerStore(mongo).record([document])
  await parkedStore(mongo).settle()
  expect(await mongo.parkedEarly.countDocuments({ _id: `${run}.a` })).toBe(0)
  expect(await store.countMissing([one])).toEqual(counts(2, 1))
})

test('more states without a message than are settled at once do not keep others from being settled', async () => {
  const run = randomUUID()
  await mongo.parkedEarly.deleteMany({})
  const parked = { code: 'MISSING_FIELD', place: 'PV1', stage: 'NORMALISE' as const, at: 9_000_000 }
  const early = (name: string) => ({
    _id: `${run}.${name}`,
    parked: { ...parked, state: 'DROPPED' as const, since: new Date(0), by: null, reason: null },
    patientKeys: [],
  })
  await mongo.parkedEarly.insertMany([
    ...Array.from({ length: 1_050 }, (_, index) => early(`a${String(index).padStart(5, '0')}`)),
    early('z'),
  ])
  const document = ledgerMessage(
    asReceived(`${run}.z`, 0, { patientKeys: [], start: 'parked' }),
    { partition: 0, offset: 0 },
    0,
  )
  await ledgerStore(mongo).record([document])
  const store = parkedStore(mongo)
  await store.settle()
  await store.settle()
  expect((await mongo.messages.findOne({ _id: document._id }))?.parked?.state).toBe('DROPPED')
})
