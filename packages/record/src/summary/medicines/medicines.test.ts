import type { Entry, Statement } from '@tideway/schemas/documents/entry'
import type { StatementKind } from '@tideway/schemas/documents/statement'
import { unsaid } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { medicineLineOf, medicinesByOrder } from './medicines.ts'

const bodies = {
  prescription: unsaid.MedicationPrescribed,
  dispense: unsaid.MedicationDispensed,
  administration: unsaid.MedicationGiven,
} as const

const entry = (
  kind: keyof typeof bodies,
  key: string,
  status: string,
  fields: object,
  patient = 'RJZ|1',
): Entry => {
  const medication = { ...unsaid.Coded(), text: 'amoxicillin' }
  const reported = [{ ...bodies[kind](), medication, ...fields }]
  const data = { kind, key, status, shown: [0], reported } as unknown as Statement
  return { _id: `${patient}|${kind}|${key}`, patient, kind, origins: [], data } as unknown as Entry
}
const order = entry('prescription', 'P1', 'active', { prescribedAt: '2026-07-01' })
const dispense = entry('dispense', 'D1', 'completed', {
  prescriptionId: 'P1',
  dispensedAt: '2026-07-02',
})
const given = (key: string, status: string, more: object = {}, patient = 'RJZ|1') =>
  entry('administration', key, status, { prescriptionId: 'P1', ...more }, patient)
const lines = (...entries: Entry[]) => medicinesByOrder(entries).map(({ line }) => line)

test('prescribed, dispensed and given under one order are one line', () => {
  expect(lines(order, dispense, given('A2', 'completed'), given('A1', 'not-given'))).toEqual([
    'amoxicillin; PRESCRIBED active 2026-07-01; DISPENSED completed 2026-07-02; GIVEN completed (2 in all)',
  ])
})

test('facts are joined by the order within one source patient only', () => {
  const medicines = medicinesByOrder([
    order,
    given('A1', 'completed', {}, 'RJZ|2'),
    given('A2', 'completed', { prescriptionId: null }),
    given('A3', 'completed', { prescriptionId: null }),
  ])
  expect(medicines.map((one) => [one.patient, one.order, one.given.length])).toEqual([
    ['RJZ|1', 'P1', 0],
    ['RJZ|2', 'P1', 1],
    ['RJZ|1', null, 1],
    ['RJZ|1', null, 1],
  ])
})

test('a fact entered in error gives neither name nor status while another stands', () => {
  const wrong = { medication: { ...unsaid.Coded(), text: 'atenolol' } }
  expect(lines(given('A2', 'entered-in-error', wrong), given('A1', 'completed'))).toEqual([
    'amoxicillin; GIVEN completed',
  ])
  expect(lines(given('A2', 'entered-in-error', wrong))).toEqual([
    'atenolol; GIVEN entered-in-error',
  ])
})

test('a scheduled give and a fact without a medicine have no line', () => {
  expect(lines(entry('prescription', 'G1', 'scheduled', { kind: 'give' }))).toEqual([])
  expect(lines(given('A1', 'completed', { medication: null }))).toEqual([])
})

test('only statements about medicines have a medicine line', () => {
  expect(medicineLineOf(order.data as Statement)).toBe('amoxicillin')
  const allergy = { ...(order.data as Statement), kind: 'allergy' as StatementKind }
  expect(medicineLineOf(allergy as Statement)).toBeNull()
})
