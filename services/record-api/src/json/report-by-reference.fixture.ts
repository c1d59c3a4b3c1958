import { remembering } from '@tideway/fhir-ingest/references/client.fixture'
import { patient, system } from '@tideway/fhir-ingest/sender.fixture'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { expect } from 'vitest'
import type { PatientRecord } from './record.ts'
import { recordIn, stored } from './withdrawn-record.fixture.ts'

export const subject = { reference: 'Patient/p1' }
const number = (value: string) => ({ system: system('X99', 'report'), value })
export const at = (minute: number) => ({
  meta: { lastUpdated: new Date(Date.UTC(2026, 6, 1, 9, minute)).toISOString() },
})
export const observation = (
  id: string,
  code: string,
  value: number,
  minute: number,
  more = {},
) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  subject,
  code: { coding: [{ system: 'http://loinc.org', code, display: `Test ${code}` }] },
  effectiveDateTime: '2026-07-01T08:00:00Z',
  valueQuantity: { value, unit: 'mmol/L' },
  ...at(minute),
  ...more,
})
export const report = (status: string, minute: number, ...results: string[]) => ({
  resourceType: 'DiagnosticReport',
  id: 'r1',
  status,
  subject,
  identifier: [number('N1')],
  code: { coding: [{ code: 'UE' }] },
  ...(results.length === 0 ? {} : { result: results.map((reference) => ({ reference })) }),
  ...at(minute),
})

export type Sent = { resourceType: string; id: string }

/** Events of each resource, sent to its own address one after the other. */
export const sending = (...resources: Sent[]): PatientEvent[][] => {
  const client = remembering()
  client.put({ ...patient(), id: 'p1' })
  return resources.map((resource) => {
    const { faults, problem, events } = client.put(resource)
    expect([faults, problem]).toEqual([[], null])
    return events
  })
}

const permutations = <T>(all: readonly T[]): T[][] =>
  all.length <= 1
    ? [[...all]]
    : all.flatMap((one, index) =>
        permutations(all.toSpliced(index, 1)).map((rest) => [one, ...rest]),
      )

/** The record, the same in whatever order the events of these messages arrive. */
export const recordOfAnyOrder = (messages: PatientEvent[][]): PatientRecord => {
  const [first, ...others] = permutations(messages).map((some) => {
    const { entries } = stored(...some)
    return { entries, record: recordIn(stored(...some)) }
  })
  const versionless = (of: typeof first) =>
    [...(of?.entries.values() ?? [])]
      .map(({ version: _, ...entry }) => entry)
      .toSorted((a, b) => (a._id < b._id ? -1 : 1))
  for (const one of others) expect(versionless(one)).toEqual(versionless(first))
  return (first as NonNullable<typeof first>).record
}

export const held = ({ reports }: PatientRecord) =>
  reports.find(({ fillerNumber }) => fillerNumber === 'N1')?.observations ?? []
export const alone = ({ reports }: PatientRecord) =>
  reports.filter(({ fillerNumber }) => fillerNumber !== 'N1').flatMap((one) => one.observations)
export const shown = (observations: ReturnType<typeof held>) =>
  observations.map(({ code, value, status }) => [code.code, value ?? null, status])

export const references = ['Observation/o1', 'Observation/o2']
export const two = [observation('o1', 'K', 6.1, 1), observation('o2', 'NA', 140, 1)]
