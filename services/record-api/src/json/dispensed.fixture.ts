import { hl7 } from './said-later.fixture.ts'
import { pid, subject } from './short-form.fixture.ts'

export const rde = (at: string, control: string, number = 'P1') =>
  hl7(
    'RDE^O11',
    at,
    `${number}${at}`,
    pid,
    `ORC|${control}|${number}||||||||${at}`,
    'RXE||AMX^Amoxicillin 500mg capsules|1||capsule',
  )
export const rds = (
  at: string,
  dispensed: string,
  number = 'P1',
  drug = 'AMX^Amoxicillin 500mg capsules',
) =>
  hl7(
    'RDS^O13',
    at,
    `D${number}${at}`,
    pid,
    `ORC|RE|${number}`,
    `RXD|1|${drug}|${dispensed}|21|capsule||RX${number}`,
  )

export const dispense = (id: string, status: string, more: object = {}) => ({
  resourceType: 'MedicationDispense',
  id,
  status,
  subject,
  medicationCodeableConcept: { text: 'Furosemide 40mg tablets' },
  whenHandedOver: '2026-11-20T12:00:00+00:00',
  ...more,
})
