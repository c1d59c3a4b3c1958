import type { Entry } from '@tideway/schemas/documents/entry'
import { expect, test } from 'vitest'
import { isWithdrawn, isWrongPatientReport, withdrawalsIn } from './is-withdrawn.ts'
import { statement, stored, storedReport, versionAt } from './withdrawal.fixture.ts'

test.each([
  ['report', 'entered-in-error', true],
  ['report', 'cancelled', false],
  ['report', 'corrected', false],
  ['document', 'entered-in-error', true],
  ['document', 'wrong-patient', true],
  ['document', 'cancelled', true],
  ['document', 'superseded', false],
  ['allergy', 'entered-in-error', true],
  ['allergy', 'refuted', false],
  ['resource', 'entered-in-error', true],
  ['prescription', 'cancelled', false],
  ['encounter', 'cancelled', false],
] as const)('%s %s: withdrawn is %s', (kind, status, expected) => {
  expect(isWithdrawn({ kind, status })).toBe(expected)
})

const final = stored('final', [statement('F', '6.8', 1)])
const wrongPatient = stored(
  'wrong-patient',
  [statement('F', '6.8', 1), statement('W', null, 3)],
  null,
)
const inEntry = (data: Entry['data']) => withdrawalsIn({ data })

test('a report that stands lists each withdrawn observation, with the statement that retracted it', () => {
  expect(inEntry(storedReport('final', [final, wrongPatient]))).toEqual([
    { observation: 1, status: 'wrong-patient', version: versionAt(3) },
  ])
})

test('a withdrawn entry is listed once, as a whole', () => {
  expect(inEntry(storedReport('entered-in-error', [wrongPatient]))).toEqual([
    { observation: null, status: 'entered-in-error', version: null },
  ])
  expect(inEntry({ kind: 'document', status: 'cancelled' } as Entry['data'])).toEqual([
    { observation: null, status: 'cancelled', version: null },
  ])
})

test('what stands is not listed', () => {
  expect(inEntry(storedReport('final', [final]))).toEqual([])
  expect(inEntry({ kind: 'encounter', status: 'cancelled' } as Entry['data'])).toEqual([])
})

test("a report is another patient's only if every observation is", () => {
  expect(isWrongPatientReport({ observations: [wrongPatient, final] })).toBe(false)
  expect(isWrongPatientReport({ observations: [wrongPatient] })).toBe(true)
  expect(isWrongPatientReport({ observations: [] })).toBe(false)
})
