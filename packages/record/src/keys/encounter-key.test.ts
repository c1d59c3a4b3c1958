import { unsaid } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import {
  accountVisitKey,
  admissionVisitKey,
  alternateVisitKey,
  identifiesVisit,
  isForeign,
  tellsVisitsApart,
  visitFieldOf,
  visitNumberKey,
} from './encounter-key.ts'

const id = (
  value: string,
  authority: string | null = null,
  organisation: string | null = 'X99',
) => ({
  ...unsaid.Identifier(),
  value,
  authority,
  organisation,
})

test('the same text is another visit in each field', () => {
  const keys = [
    visitNumberKey('X1'),
    alternateVisitKey(id('X1')),
    accountVisitKey(id('X1'), 'INPATIENT'),
    visitNumberKey('PV1-50 X1'),
    visitNumberKey('PID-18 X1'),
  ]
  expect(keys).toEqual(['X1', 'PV1-50 X1', 'PID-18 X1', '#PV1-50 X1', '#PID-18 X1'])
  expect(keys.map((key) => visitFieldOf(key as string))).toEqual([
    null,
    'PV1-50',
    'PID-18',
    null,
    null,
  ])
})

test('an authority other than the organisation belongs to the key', () => {
  expect(alternateVisitKey(id('4711', 'ED'))).toBe('PV1-50 4711^ED')
  expect(alternateVisitKey(id('4711', 'X99'))).toBe('PV1-50 4711')
})

test.each([
  ['INPATIENT', 'PID-18 S1'],
  ['EMERGENCY', 'PID-18 S1'],
  ['OBSTETRICS', 'PID-18 S1'],
  ['OUTPATIENT', null],
  ['RECURRING', null],
  [null, null],
])('an account of class %s is the visit %s', (patientClass, key) => {
  expect(accountVisitKey(id('S1'), patientClass)).toBe(key)
})

test.each([
  ['2026-07-01T09:15+01:00', true],
  ['2026-07-01T00:00:01+01:00', true],
  ['2026-07-01', false],
  ['2026-07-01T00:00+01:00', false],
  ['2026-07-01T00:00:00.0Z', false],
  [null, false],
])('admission at %s tells visits apart: %s', (admittedAt, expected) => {
  expect(tellsVisitsApart(admittedAt)).toBe(expected)
})

test('a visit by admission is known by the instant and the class', () => {
  const key = admissionVisitKey(Date.parse('2026-07-01T09:15+01:00'), 'INPATIENT')
  expect(key).toBe('PV1-44 2026-07-01T08:15:00.000Z INPATIENT')
  expect(visitFieldOf(key)).toBe('PV1-44')
})

test("only an identifier of the patient's own organisation that is no number of the patient identifies a visit", () => {
  expect(identifiesVisit(id('S1'), 'X99|1', ['1'])).toBe(true)
  expect(identifiesVisit(id('1'), 'X99|1', ['1'])).toBe(false)
  expect(identifiesVisit(id('S1', null, 'X98'), 'X99|1', [])).toBe(false)
  expect(identifiesVisit(id('S1', 'ED', null), 'X99|1', [])).toBe(false)
  expect([isForeign(id('V1', 'RX8', 'X98'), 'X99|1'), isForeign(id('V1'), 'X99|1')]).toEqual([
    true,
    false,
  ])
})
