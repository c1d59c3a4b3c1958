import { expect, test } from 'vitest'
import { dayAt, isRepeatedHour, offsetAt } from './time-zone.ts'

test.each([
  ['2025-10-26T00:59', 'Europe/London', false],
  ['2025-10-26T01:00', 'Europe/London', true],
  ['2025-10-26T01:59', 'Europe/London', true],
  ['2025-10-26T02:00', 'Europe/London', false],
  ['2026-10-25T01:30', 'Europe/London', true],
  ['2025-10-26T02:30', 'Europe/Paris', true],
  ['2025-10-26T01:30', 'Europe/Paris', false],
  ['2025-10-26T01:30', 'UTC', false],
  ['2025-03-30T01:30', 'Europe/London', false],
])('%s in %s: it comes twice is %s, each time it is asked', (local, zone, repeated) => {
  expect([isRepeatedHour(local, zone), isRepeatedHour(local, zone)]).toEqual([repeated, repeated])
})

test('an hour that comes twice is read as the first, one that is skipped by the offset before', () => {
  expect(offsetAt('2025-10-26T01:30', 'Europe/London')).toBe('+01:00')
  expect(offsetAt('2025-03-30T01:30', 'Europe/London')).toBe('+00:00')
})

test('an instant just before midnight UTC in summer is of the next day in London', () => {
  expect(dayAt(Date.UTC(2026, 6, 1, 23, 30), 'Europe/London')).toBe('2026-07-02')
  expect(dayAt(Date.UTC(2026, 0, 1, 23, 30), 'Europe/London')).toBe('2026-01-01')
})
