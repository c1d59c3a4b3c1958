import { expect, test } from 'vitest'
import { writeLedgerCursor } from '../ledger/ledger-cursor.ts'
import { readMessagesRequest } from '../requests/messages-request.ts'

test('a source may be named', () => {
  expect(readMessagesRequest({ controlId: 'M1' })).toEqual({
    controlId: 'M1',
    source: null,
    before: null,
  })
  expect(readMessagesRequest({ controlId: 'M1', source: 'RJZ' })).toEqual({
    controlId: 'M1',
    source: 'RJZ',
    before: null,
  })
})

test.each([
  [{}],
  [{ controlId: '' }],
  [{ controlId: ['a', 'b'] }],
  [{ controlId: 'M1', source: '' }],
  [{ controlId: 'M1', before: 'x' }],
  [{ controlId: 'M1', before: ['a', 'b'] }],
])('%j is refused', (query) => {
  expect(() => readMessagesRequest(query)).toThrow('INVALID_REQUEST')
})

test('a cursor comes back as it went', () => {
  const before = { received: 1_795_340_105_000_001, id: '0123456789abcdef0123456789abcdef' }
  expect(readMessagesRequest({ controlId: 'M1', before: writeLedgerCursor(before) })).toEqual({
    controlId: 'M1',
    source: null,
    before,
  })
})
