import type { LedgerMessage } from '@tideway/schemas/documents/ledger'
import { Value } from 'typebox/value'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openServer, tokenOf } from '../http/open-server.fixture.ts'
import { Messages } from '../json/message.ts'

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

const parked = {
  code: 'INVALID_FIELD',
  place: 'PID-7',
  since: at(9),
  stage: 'NORMALISE' as const,
  at: 1,
  by: null,
  reason: null,
}

let server: Awaited<ReturnType<typeof openServer>>
const tokens: Record<string, string> = {}
const get = (who: string, url: string) => server.call(tokens[who] ?? '', 'GET', url)

beforeAll(async () => {
  server = await openServer(addresses)
  tokens['operator'] = await tokenOf(addresses.issuer, 'operator', 'RJZ')
  tokens['kings'] = await tokenOf(addresses.issuer, 'system', 'RJZ')
  await server.mongo.messages.insertMany([
    ledger('a3', 'RJZ', 7, { events: 0, parked: { ...parked, state: 'PARKED' } }),
    ledger('a4', 'RJZ', 40, { parked: { ...parked, state: 'RELEASED' } }),
    ledger('a5', 'RJZ', 41, { events: 0, parked: { ...parked, state: 'DROPPED' } }),
    ledger('l1', 'RJ2', 50, { type: 'ORU^R01' }),
    ledger('l2', 'RJ2', 51),
    ledger('l3', 'RJ2', 52, { type: 'ORU^R01' }),
  ])
})
afterAll(() => server?.close())

test('messages are listed by source, time, type and state without a control id', async () => {
  const ids = async (query: string, who = 'operator') => {
    const { status, body } = await get(who, `/api/messages?${query}`)
    expect([status, [...Value.Errors(Messages, body)]]).toEqual([200, []])
    return body.messages.map(({ id }: { id: string }) => id)
  }
  expect(await ids('source=RJ2')).toEqual(['l3', 'l2', 'l1'])
  expect(await ids('source=RJ2&type=ORU%5ER01')).toEqual(['l3', 'l1'])
  expect(await ids(`from=${at(50).toISOString()}&to=${at(52).toISOString()}`)).toEqual(['l2', 'l1'])
  expect(await ids('type=ORU%5ER01')).toEqual(['l3', 'l1'])
  expect(await ids('state=parked')).toEqual(['a3'])
  expect(await ids('state=released&source=RJZ')).toEqual(['a4'])
  expect(await ids('state=dropped&source=RJ2')).toEqual([])
  expect((await ids('', 'kings')).slice(0, 2)).toEqual(['a5', 'a4'])
  expect((await get('kings', '/api/messages?source=RJ2')).status).toBe(403)
})

test.each([
  [{ source: 'RJ2' }, 'source_1_received_-1__id_1'],
  [{ 'parked.state': 'PARKED' }, 'parked.state_1_received_-1__id_1'],
  [{}, 'received_-1__id_1'],
])('a list by %j is read by its index', async (by, index) => {
  const plan = await server.mongo.messages
    .find({ ...by, received: { $gt: 1, $lt: 1_900_000_000_000_000 } })
    .sort({ received: -1, _id: 1 })
    .limit(100)
    .explain()
  expect(JSON.stringify(plan['queryPlanner'])).toContain(`"${index}"`)
})
