import type { LedgerMessage } from '@tideway/schemas/documents/ledger'
import { Value } from 'typebox/value'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MessageAnswer, Messages } from '../json/message.ts'
import { openServer, tokenOf } from '../http/open-server.fixture.ts'

const addresses = {
  mongodbUrl: process.env['MONGODB_URL'] ?? '',
  issuer: process.env['OIDC_ISSUER'] ?? '',
}
const at = (second: number) => new Date(Date.UTC(2026, 10, 22, 9, 0, second))

const ledger = (
  _id: string,
  source: string,
  offset: number,
  more: Partial<LedgerMessage> = {},
): LedgerMessage => ({
  _id,
  source,
  controlId: 'MSG1',
  type: 'ADT^A01',
  characterSet: 'utf-8',
  answered: 'AA',
  receivedAt: at(offset),
  received: at(offset).getTime() * 1000,
  durableAt: at(offset + 1),
  partition: 2,
  offset,
  size: 10,
  events: 2,
  patientKeys: [`${source}|1`],
  unused: ['PV1-21'],
  problem: null,
  parked: null,
  duplicates: [],
  ...more,
})

let server: Awaited<ReturnType<typeof openServer>>
const tokens: Record<string, string> = {}
const get = (who: string, url: string) => server.call(tokens[who] ?? '', 'GET', url)

beforeAll(async () => {
  server = await openServer(addresses)
  for (const [who, role] of Object.entries({
    operator: 'operator',
    kings: 'system',
    clinician: 'clinician',
  }))
    tokens[who] = await tokenOf(addresses.issuer, role, 'RJZ')
  const parked = {
    code: 'INVALID_FIELD',
    place: 'PID-7',
    since: at(9),
    stage: 'NORMALISE' as const,
    at: 1,
    by: null,
    reason: null,
  }
  await server.mongo.messages.insertMany([
    ledger('a1', 'RJZ', 5, { duplicates: ['2/8', '3/1'] }),
    ledger('a2', 'RJ1', 6, { patientKeys: ['RJ1|1', 'RJ1|2'] }),
    ledger('a3', 'RJZ', 7, {
      events: 0,
      parked: { ...parked, state: 'PARKED' },
      problem: { code: 'INVALID_FIELD', place: 'PID-7' },
    }),
    ledger('a4', 'RJZ', 40, { controlId: 'MSG2', parked: { ...parked, state: 'RELEASED' } }),
    ledger('a5', 'RJZ', 41, {
      controlId: 'MSG2',
      events: 0,
      parked: {
        ...parked,
        state: 'DROPPED',
        at: at(45).getTime() * 1000,
        by: 'operator',
        reason: 'sent in error',
      },
    }),
  ])
  await server.mongo.archiveObjects.insertOne({
    ...{ _id: 'tile', partition: 2, first: 4, last: 9, skipped: [8], messages: 5, bytes: 50 },
    ...{ archivedAt: at(10), firstReceivedAt: at(4), lastReceivedAt: at(9) },
  })
  const projected = (id: string, second: number) => ({
    _id: id,
    received: 1,
    projectedAt: at(second),
  })
  await server.mongo.projections.insertMany([
    projected('a1|RJZ|1', 6),
    projected('a2|RJ1|1', 7),
    projected('a4|RJZ|1', 50),
  ])
})
afterAll(() => server?.close())

test('an operator sees every source, newest first, in the shape of the schema', async () => {
  const { status, body } = await get('operator', '/api/messages?controlId=MSG1')
  expect(status).toBe(200)
  expect([...Value.Errors(Messages, body)]).toEqual([])
  expect(body.messages.map(({ id }: { id: string }) => id)).toEqual(['a3', 'a2', 'a1'])
  expect(body.messages[2]).toEqual({
    id: 'a1',
    source: 'RJZ',
    controlId: 'MSG1',
    type: 'ADT^A01',
    characterSet: 'utf-8',
    answered: 'AA',
    receivedAt: '2026-11-22T09:00:05.000Z',
    durableAt: '2026-11-22T09:00:06.000Z',
    archive: { object: 'tile', position: 1 },
    events: 2,
    unused: ['PV1-21'],
    projectedAt: '2026-11-22T09:00:06.000Z',
    duplicates: 2,
  })
})

test('a parked message has its code and place; a released one is not parked', async () => {
  const parked = (await get('operator', '/api/messages/a3')).body
  expect(parked).toMatchObject({
    parked: { code: 'INVALID_FIELD', place: 'PID-7', since: '2026-11-22T09:00:09.000Z' },
    events: 0,
  })
  expect(parked).not.toHaveProperty('projectedAt')
  const released = (await get('operator', '/api/messages/a4')).body
  expect(released.projectedAt).toBe('2026-11-22T09:00:50.000Z')
  for (const field of ['parked', 'archive']) expect(released).not.toHaveProperty(field)
})

test('a dropped message has its time and reason, and is not parked', async () => {
  const { body } = await get('operator', '/api/messages/a5')
  expect([...Value.Errors(MessageAnswer, body)]).toEqual([])
  expect(body).toMatchObject({
    dropped: {
      code: 'INVALID_FIELD',
      place: 'PID-7',
      at: '2026-11-22T09:00:45.000Z',
      reason: 'sent in error',
    },
  })
  for (const field of ['parked', 'projectedAt']) expect(body).not.toHaveProperty(field)
})

test('a message is in the record once all of its patients are', async () => {
  expect((await get('operator', '/api/messages/a2')).body.projectedAt).toBeUndefined()
  await server.mongo.projections.insertOne({ _id: 'a2|RJ1|2', received: 1, projectedAt: at(9) })
  expect((await get('operator', '/api/messages/a2')).body.projectedAt).toBe(
    '2026-11-22T09:00:09.000Z',
  )
})

test('a system sees its own organisation only', async () => {
  expect(
    (await get('kings', '/api/messages?controlId=MSG1')).body.messages.map(
      ({ id }: { id: string }) => id,
    ),
  ).toEqual(['a3', 'a1'])
  expect(await get('kings', '/api/messages?controlId=MSG1&source=RJ1')).toMatchObject({
    status: 403,
    body: { code: 'NOT_YOUR_SOURCE' },
  })
  expect(await get('kings', '/api/messages/a2')).toMatchObject({
    status: 404,
    body: { code: 'NO_SUCH_MESSAGE' },
  })
  expect((await get('kings', '/api/messages/a1')).status).toBe(200)
})

test('messages with one control id are paged, each once, even if received at the same time', async () => {
  const ids = Array.from({ length: 250 }, (_, n) => `p${String(n).padStart(3, '0')}`)
  await server.mongo.messages.insertMany(
    ids.map((id, n) => ({
      ...ledger(id, n % 2 === 0 ? 'RJZ' : 'RJ1', 30, { controlId: 'MANY' }),
      received: 1_000_000 - Math.floor(n / 3),
    })),
  )
  const all = async (who: string) => {
    const seen: string[] = []
    for (let before: string | undefined = ''; before !== undefined; ) {
      const { body } = await get(
        who,
        `/api/messages?controlId=MANY${before === '' ? '' : `&before=${before}`}`,
      )
      expect([...Value.Errors(Messages, body)]).toEqual([])
      expect(body.more).toBe(body.before !== undefined)
      seen.push(...body.messages.map(({ id }: { id: string }) => id))
      before = body.before
    }
    return seen
  }
  expect(await all('operator')).toEqual(ids)
  expect(await all('kings')).toEqual(ids.filter((_, n) => n % 2 === 0))
  expect(await get('operator', '/api/messages?controlId=MANY&before=x')).toMatchObject({
    status: 400,
    body: { errors: [{ field: 'before' }] },
  })
})

test('a page of the ledger is read by its index', async () => {
  const plan = await server.mongo.messages
    .find({ controlId: 'MANY', received: { $lt: 1_000_000 } })
    .sort({ received: -1, _id: 1 })
    .limit(100)
    .explain()
  expect(JSON.stringify(plan['queryPlanner'])).toContain('controlId_1_received_-1__id_1')
})

test('no match is an empty list; a wrong filter is named; a clinician is refused', async () => {
  expect((await get('operator', '/api/messages?controlId=none')).body).toEqual({
    messages: [],
    more: false,
  })
  expect(await get('operator', '/api/messages?controlId=&from=x&state=y')).toMatchObject({
    status: 400,
    body: {
      errors: [
        { field: 'controlId', reason: 'is empty' },
        { field: 'from' },
        { field: 'state', reason: 'is not one of parked, released, dropped' },
      ],
    },
  })
  expect((await get('operator', '/api/messages/none')).status).toBe(404)
  expect((await get('clinician', '/api/messages?controlId=MSG1')).status).toBe(403)
})
