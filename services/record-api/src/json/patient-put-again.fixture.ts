import type { remembering } from '@tideway/fhir-ingest/references/client.fixture'
import { patient } from '@tideway/fhir-ingest/sender.fixture'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { expect } from 'vitest'
import { type Documents, stored } from './withdrawn-record.fixture.ts'

const mrn = patient().identifier
const nhs = (value: string) => ({ system: 'https://fhir.nhs.uk/Id/nhs-number', value })
export const at = (minute: number) => ({
  meta: { lastUpdated: new Date(Date.UTC(2026, 6, 1, 9, minute)).toISOString() },
})
const contact = (family: string) => ({ relationship: [{ text: 'Mother' }], name: { family } })
export const full = {
  ...patient(),
  ...at(1),
  id: 'p1',
  identifier: [...mrn, nhs('9990001022'), { system: 'https://other.example/id', value: 'OLD1' }],
  gender: 'female',
  address: [{ line: ['1 Old Road'] }],
  telecom: [{ system: 'phone', value: '0111' }],
  maritalStatus: { text: 'Married' },
  deceasedBoolean: true,
  contact: [contact('Ng'), contact('Smith')],
}
/** The same patient later, with as little as the resource may have. */
export const bare = { ...patient(), ...at(2), id: 'p1', contact: [contact('Smith')] }

export const eventsOf = ({
  faults,
  problem,
  events,
}: ReturnType<ReturnType<typeof remembering>['put']>) => {
  expect([faults, problem]).toEqual([[], null])
  return events
}
export const inBothOrders = (first: PatientEvent[], second: PatientEvent[]): Documents[] => {
  const all = [stored(first, second), stored(second, first)]
  const heads = all.map(({ heads: of }) =>
    [...of.values()].map(({ version: _version, ...head }) => head),
  )
  expect(heads[1]).toEqual(heads[0])
  return all
}
