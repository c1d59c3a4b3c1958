import { expect, test } from 'vitest'
import type { Subject } from '../http/authenticate.ts'
import { writeLedgerCursor } from '../ledger/ledger-cursor.ts'
import { readMessagesRequest } from './messages-request.ts'

const subject = (role: Subject['role'], organisation: string): Subject => ({
  sub: 's',
  name: null,
  role,
  organisation,
})

test('an operator asks for any source, or for all', () => {
  expect(readMessagesRequest({ controlId: 'M1' }, subject('operator', 'RJ1'))).toEqual({
    controlId: 'M1',
    source: null,
    before: null,
  })
  expect(
    readMessagesRequest({ controlId: 'M1', source: 'RJZ' }, subject('operator', 'RJ1')),
  ).toEqual({ controlId: 'M1', source: 'RJZ', before: null })
})

test('a system asks for its own organisation, named or not', () => {
  expect(readMessagesRequest({ controlId: 'M1' }, subject('system', 'RJZ'))).toEqual({
    controlId: 'M1',
    source: 'RJZ',
    before: null,
  })
  expect(readMessagesRequest({ controlId: 'M1', source: 'RJZ' }, subject('system', 'RJZ'))).toEqual(
    { controlId: 'M1', source: 'RJZ', before: null },
  )
  expect(() =>
    readMessagesRequest({ controlId: 'M1', source: 'RJ1' }, subject('system', 'RJZ')),
  ).toThrow('NOT_YOUR_SOURCE')
})

test.each([
  [{}],
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
  ).toEqual({ controlId: 'M1', source: null, before })
})
