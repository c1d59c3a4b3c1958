import { expect, test } from 'vitest'
import { exactInstantOf, instantOf, isLater } from './iso-time.ts'

test.each([
  ['2026-07-01T09:00+01:00', '2026-07-01T08:30+00:00', false],
  ['2026-07-01T09:00+01:00', '2026-07-01T07:59+00:00', true],
  ['2026-10-25T01:30+00:00', '2026-10-25T01:30+01:00', true], // the repeated hour
  ['2026-07-01T09:00+01:00', '2026-07-01', false],
  ['2026-07-01', '2026-07-01T09:00+01:00', false],
  ['2026-07-02', '2026-07-01T23:59+01:00', true],
  ['2026-08', '2026-07-31', true],
  [null, '2026-07-01', false],
  ['2026-07-01', null, false],
])('%s is later than %s: %s', (a, b, later) => {
  expect(isLater(a, b)).toBe(later)
})

test('a day counts from its midnight and is no exact instant; nonsense is nothing', () => {
  expect(instantOf('2026-07-01')).toBe(Date.UTC(2026, 6, 1))
  expect(exactInstantOf('2026-07-01')).toBeNull()
  expect(exactInstantOf('2026-07-01T00:00+01:00')).toBe(Date.UTC(2026, 5, 30, 23))
  expect([instantOf('soon'), instantOf(null)]).toEqual([null, null])
})
