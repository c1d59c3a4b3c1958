import type { LedgerMessage } from '@tideway/schemas/documents/ledger'
import { expect, test } from 'vitest'
import { howLong, parkedTable } from './parked-table.ts'

const receivedAt = new Date('2026-11-22T09:30:00Z')
const message: LedgerMessage = {
  _id: '0123456789abcdef0123456789abcdef',
  source: 'RJZ',
  controlId: 'C1',
  type: 'ADT^A01',
  characterSet: 'utf-8',
  answered: 'AA',
  receivedAt,
  received: receivedAt.getTime() * 1000,
  durableAt: receivedAt,
  partition: 1,
  offset: 7,
  size: 900,
  events: 0,
  patientKeys: ['RJZ|7654321'],
  unused: [],
  problem: { code: 'MISSING_FIELD', place: 'PV1-19' },
  parked: {
    state: 'PARKED',
    code: 'MISSING_FIELD',
    place: 'PV1-19',
    stage: 'NORMALISE',
    since: receivedAt,
    at: receivedAt.getTime() * 1000,
    by: null,
    reason: null,
  },
  duplicates: [],
}

test.each([
  [20_000, 'under a minute'],
  [12 * 60_000, '12 min'],
  [3 * 3_600_000 + 60_000, '3 h 1 min'],
  [2 * 86_400_000 + 5 * 60_000, '2 d 5 min'],
])('%i ms is said as %s', (milliseconds, words) => {
  expect(howLong(milliseconds)).toBe(words)
})

test('the list has reason, place and duration, and no patient', () => {
  const table = parkedTable([message], 3, new Date('2026-11-22T12:31:00Z'))
  for (const word of [
    'RJZ',
    'ADT^A01',
    'MISSING_FIELD',
    'PV1-19',
    '3 h 1 min',
    message._id,
    '3 parked, the oldest 1 shown',
  ])
    expect(table).toContain(word)
  expect(table).not.toContain('7654321')
})

test('an empty list is reported', () => {
  expect(parkedTable([], 0, new Date())).toBe('Nothing is parked.')
})
