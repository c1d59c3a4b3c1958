import { expect, test } from 'vitest'
import { fhirDateTimeOf, isFhirDateTime } from './date-time.ts'

test.each([
  ['2026', '2026'],
  ['2026-11', '2026-11'],
  ['2026-11-30', '2026-11-30'],
  ['2026-11-30T10:15+00:00', '2026-11-30T10:15:00+00:00'],
  ['2026-11-30T10:15Z', '2026-11-30T10:15:00Z'],
  ['2026-11-30T10:15:09+01:00', '2026-11-30T10:15:09+01:00'],
  ['2026-11-30T10:15:09.250Z', '2026-11-30T10:15:09.250Z'],
])('%s is the dateTime %s', (time, expected) => {
  expect(fhirDateTimeOf(time)).toBe(expected)
  expect(isFhirDateTime(fhirDateTimeOf(time))).toBe(true)
})

test.each([
  '2026-11-30T10:15+00:00',
  '2026-11-30T10:15:00',
  '2026-13',
  '30/11/2026',
  '20261130',
  '',
])('%s is not a dateTime', (text) => {
  expect(isFhirDateTime(text)).toBe(false)
})
