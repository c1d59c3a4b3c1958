import { expect, test } from 'vitest'
import { hl7 } from './said-later.fixture.ts'
import { pid, subject, summaryAfter, texts } from './short-form.fixture.ts'

const period = { start: '2020-01-01', end: '2020-06-01' }
const statement = (more: object) => ({
  resourceType: 'MedicationStatement',
  id: 'M1',
  status: 'active',
  medicationCodeableConcept: { text: 'Warfarin' },
  subject,
  dosage: [{ text: '3 mg' }],
  ...more,
})
const flag = (more: object) => ({
  resourceType: 'Flag',
  id: 'F1',
  status: 'active',
  code: { text: 'Falls risk' },
  subject,
  ...more,
})

test('a statement about a medicine says when it ends, whatever its status', () => {
  const lines = (more: object) => texts(summaryAfter(statement(more)).medicines)
  expect(lines({ effectivePeriod: period })).toEqual(['Warfarin, "3 mg", until 01-Jun-2020'])
  expect(lines({ effectivePeriod: { start: '2020-01-01' } })).toEqual(['Warfarin, "3 mg"'])
  expect(lines({ effectivePeriod: period, status: 'completed' })).toEqual([])
})

test('the time in which a prescription may be dispensed is not the end of its medicine', () => {
  const request = {
    resourceType: 'MedicationRequest',
    id: 'R1',
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: { text: 'Warfarin' },
    subject,
    dispenseRequest: { validityPeriod: period },
  }
  expect(texts(summaryAfter(request).medicines)).toEqual(['Warfarin'])
})

test('an alert says when it ends', () => {
  expect(texts(summaryAfter(flag({ period })).alerts)).toEqual(['Falls risk, until 01-Jun-2020'])
  expect(texts(summaryAfter(flag({})).alerts)).toEqual(['Falls risk'])
  expect(texts(summaryAfter(flag({ period, status: 'inactive' })).alerts)).toEqual([])
})

test('a prescription says when it was last dispensed (RXE-18), though no message tells of that', () => {
  const rde = (...dispensed: string[]) =>
    hl7(
      'RDE^O11',
      '20260901100000',
      'R1',
      pid,
      'ORC|NW|P1',
      `RXE||WAR^Warfarin|3||mg${'|'.repeat(13)}${dispensed.join('')}`,
    )
  const lines = (message: string) => texts(summaryAfter(message).medicines)
  expect(lines(rde('20260830'))).toEqual(['Warfarin, DOSE 3 mg, last dispensed 30-Aug-2026'])
  expect(lines(rde())).toEqual(['Warfarin, DOSE 3 mg'])
})
