import type { LedgerMessage } from '@tideway/schemas/documents/ledger'
import { expect, test } from 'vitest'
import {
  isFilterTime,
  ledgerSearch,
  type MessageFilters,
  messageFilters,
} from './message-filters.ts'

const any: MessageFilters = {
  controlId: null,
  source: null,
  from: null,
  to: null,
  type: null,
  state: null,
}
const message = (more: Partial<LedgerMessage>) =>
  ({ source: 'RJZ', type: 'ADT^A01', parked: null, ...more }) as LedgerMessage

test('the search is by the most selective filter', () => {
  const by = (filters: Partial<MessageFilters>) => ledgerSearch({ ...any, ...filters }).by
  expect(by({})).toEqual({})
  expect(by({ type: 'ADT^A01' })).toEqual({})
  expect(by({ source: 'RJZ', type: 'ADT^A01' })).toEqual({ source: 'RJZ' })
  expect(by({ source: 'RJZ', state: 'parked' })).toEqual({ 'parked.state': 'PARKED' })
  expect(by({ source: 'RJZ', state: 'parked', controlId: 'C1' })).toEqual({ controlId: 'C1' })
})

test('the other filters are tested on each message, and only if there are any', () => {
  expect(ledgerSearch({ ...any, source: 'RJZ' }).keep).toBeNull()
  expect(ledgerSearch({ ...any, from: 1, to: 2 })).toEqual({ by: {}, keep: null, from: 1, to: 2 })
  const keep = ledgerSearch({ ...any, state: 'dropped', source: 'RJZ', type: 'ADT^A01' }).keep
  const parked = (state: string) => ({ state }) as LedgerMessage['parked']
  expect([
    keep?.(message({ parked: parked('DROPPED') })),
    keep?.(message({ parked: parked('DROPPED'), source: 'RJ1' })),
    keep?.(message({ parked: parked('DROPPED'), type: 'ORU^R01' })),
    keep?.(message({ parked: parked('PARKED') })),
  ]).toEqual([true, false, false, false])
})

test.each([
  ['2026-11-22', Date.UTC(2026, 10, 22)],
  ['2026-11-22T09:30Z', Date.UTC(2026, 10, 22, 9, 30)],
  ['2026-11-22T09:30:05.250+01:00', Date.UTC(2026, 10, 22, 8, 30, 5, 250)],
])('the time %j is read as %j', (from, milliseconds) => {
  expect(isFilterTime(from)).toBe(true)
  expect(messageFilters({ from })).toEqual({ ...any, from: milliseconds * 1000 })
})

test.each(['2026-13-40', '2026-02-30', '2026-11-31T09:30Z', '2026-11-22T09:30', 'yesterday', ''])(
  '%j is not a time',
  (text) => {
    expect(isFilterTime(text)).toBe(false)
  },
)
