import { Value } from 'typebox/value'
import { beforeAll, expect, test } from 'vitest'
import { readLedgerCursor, writeLedgerCursor } from '../ledger/ledger-cursor.ts'
import { registerFormats } from './formats.ts'
import { requestProblems } from './request-problems.ts'
import { MessagesQuery } from './request-schemas.ts'

beforeAll(registerFormats)

const accepts = (query: object) => Value.Check(MessagesQuery, Value.Convert(MessagesQuery, query))

test('messages are listed without a control id, by source, time, type and state', () => {
  expect(accepts({})).toBe(true)
  const times = { from: '2026-11-22', to: '2026-11-22T12:00Z' }
  expect(accepts({ ...times, type: 'ADT^A01', state: 'parked' })).toBe(true)
})

test('a source may be named', () => {
  expect(accepts({ controlId: 'M1' })).toBe(true)
  expect(accepts({ controlId: 'M1', source: 'RJZ' })).toBe(true)
})

test.each([
  [{ from: 'yesterday' }],
  [{ to: '2026-11-22T09:30' }],
  [{ type: '' }],
  [{ state: 'PARKED' }],
  [{ controlId: '' }],
  [{ controlId: ['a', 'b'] }],
  [{ controlId: 'M1', source: '' }],
  [{ controlId: 'M1', before: 'x' }],
  [{ controlId: 'M1', before: ['a', 'b'] }],
])('%j is refused', (query) => {
  expect(accepts(query)).toBe(false)
  expect(requestProblems(MessagesQuery, query)).toHaveLength(1)
})

test('a cursor comes back as it went', () => {
  const before = { received: 1_795_340_105_000_001, id: '0123456789abcdef0123456789abcdef' }
  const cursor = writeLedgerCursor(before)
  expect(accepts({ controlId: 'M1', before: cursor })).toBe(true)
  expect(readLedgerCursor(cursor)).toEqual(before)
})
