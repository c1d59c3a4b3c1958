import { expect, test } from 'vitest'
import type { Subject } from '../http/access.ts'
import { writeLedgerCursor } from './ledger-cursor.ts'
import { readMessagesRequest } from './messages-request.ts'

const subject = (role: Subject['role'], organisation: string): Subject => ({
  sub: 's',
  name: null,
  role,
  organisation,
})

const none = { from: null, to: null, type: null, state: null }

test('an operator asks for any source, or for all', () => {
  expect(readMessagesRequest({ controlId: 'M1' }, subject('operator', 'RJ1'))).toEqual({
    controlId: 'M1',
    source: null,
    ...none,
    before: null,
  })
  expect(
    readMessagesRequest({ controlId: 'M1', source: 'RJZ' }, subject('operator', 'RJ1')),
  ).toEqual({ controlId: 'M1', source: 'RJZ', ...none, before: null })
})

test('a system asks for its own organisation, named or not', () => {
  expect(readMessagesRequest({ controlId: 'M1' }, subject('system', 'RJZ'))).toEqual({
    controlId: 'M1',
    source: 'RJZ',
    ...none,
    before: null,
  })
  expect(readMessagesRequest({ controlId: 'M1', source: 'RJZ' }, subject('system', 'RJZ'))).toEqual(
    { controlId: 'M1', source: 'RJZ', ...none, before: null },
  )
  expect(() =>
    readMessagesRequest({ controlId: 'M1', source: 'RJ1' }, subject('system', 'RJZ')),
  ).toThrow('NOT_YOUR_SOURCE')
})

test('messages are listed without a control id, by source, time, type and state', () => {
  const query = { from: '2026-11-22', to: '2026-11-22T12:00Z', type: 'ADT^A01', state: 'parked' }
  expect(readMessagesRequest(query, subject('operator', 'RJ1'))).toEqual({
    controlId: null,
    source: null,
    from: Date.UTC(2026, 10, 22) * 1000,
    to: Date.UTC(2026, 10, 22, 12) * 1000,
    type: 'ADT^A01',
    state: 'parked',
    before: null,
  })
  expect(readMessagesRequest({}, subject('system', 'RJZ'))).toMatchObject({
    controlId: null,
    source: 'RJZ',
  })
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
  expect(() => readMessagesRequest(query, subject('operator', 'RJ1'))).toThrow('INVALID_REQUEST')
})

test('a cursor comes back as it went', () => {
  const before = { received: 1_795_340_105_000_001, id: '0123456789abcdef0123456789abcdef' }
  expect(
    readMessagesRequest(
      { controlId: 'M1', before: writeLedgerCursor(before) },
      subject('operator', 'RJ1'),
    ),
  ).toEqual({ controlId: 'M1', source: null, ...none, before })
})
