import { remembering } from '@tideway/fhir-ingest/references/client.fixture'
import { bundle, post, system } from '@tideway/fhir-ingest/sender.fixture'
import { expect, test } from 'vitest'
import { type Documents, recordIn, stored } from './withdrawn-record.fixture.ts'

const [a, b] = ['X99|A', 'X99|B']

const of = (documents: Documents, patient: string): Documents => ({
  ...documents,
  entries: new Map([...documents.entries].filter(([, entry]) => entry.patient === patient)),
  heads: new Map([...documents.heads].filter(([key]) => key === patient)),
})

const about = (patient: string) => ({
  type: 'Patient',
  identifier: { system: system('X99'), value: patient.split('|')[1] },
})

const haemoglobin = (patient: string, more: object = {}) => ({
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '718-7', display: 'Haemoglobin' }] },
  subject: about(patient),
  effectiveDateTime: '2026-09-01T09:00:00+01:00',
  id: 'obs-31',
  valueQuantity: { value: 61, unit: 'g/L', system: 'http://unitsofmeasure.org', code: 'g/L' },
  ...more,
})
const valuesOf = (documents: Documents, patient: string) =>
  recordIn(of(documents, patient)).reports.flatMap(({ observations }) =>
    observations.map(({ status, value }) => [status, value ?? null]),
  )

test('a value put to another patient stands there alone, and the first record tells of it', () => {
  const client = remembering()
  const moved = stored(client.put(haemoglobin(a)).events, client.put(haemoglobin(b)).events)
  expect(valuesOf(moved, a)).toEqual([['wrong-patient', null]])
  expect(valuesOf(moved, b)).toEqual([['final', '61']])
  expect(recordIn(of(moved, a)).withdrawn).toMatchObject([{ status: 'wrong-patient' }])
  expect(JSON.stringify(recordIn(of(moved, a)))).toContain('Haemoglobin')
})

test('a value that is also part of a report leaves the report too', () => {
  const client = remembering()
  const report = client.post(
    bundle(
      'transaction',
      {
        resource: haemoglobin(a),
        request: { method: 'PUT', url: 'Observation/obs-31' },
        fullUrl: 'urn:uuid:o',
      },
      post({
        resourceType: 'DiagnosticReport',
        status: 'final',
        code: { text: 'Full blood count' },
        subject: about(a),
        result: [{ reference: 'urn:uuid:o' }],
      } as never),
    ),
  )
  const moved = stored(report.events, client.put(haemoglobin(b)).events)
  expect(valuesOf(moved, a).every(([status]) => status === 'wrong-patient')).toBe(true)
  expect(valuesOf(moved, a).length).toBeGreaterThan(0)
  expect(valuesOf(moved, b)).toEqual([['final', '61']])
})

test('an update that is older than the one that moved it changes nothing', () => {
  const client = remembering()
  const at = (patient: string, time: string) =>
    client.put(haemoglobin(patient, { meta: { lastUpdated: time } }))
  const newer = at(a, '2026-09-02T10:00:00Z')
  const older = at(b, '2026-09-02T09:00:00Z')
  expect([older.events, older.problem]).toEqual([[], null])
  expect(older.unused).toContain('Observation OUTDATED')
  expect(valuesOf(stored(newer.events), a)).toEqual([['final', '61']])
  expect(at(b, '2026-09-02T11:00:00Z').events.map(({ patientKey }) => patientKey)).toEqual([b, a])
})

test('a create that uses the number of another patient again withdraws nothing', () => {
  const client = remembering()
  const number = { identifier: [{ system: system('X99', 'report'), value: 'L1' }] }
  const { id: _id, ...unnamed } = haemoglobin(a, number)
  const first = client.post(unnamed).events
  const second = client.post({ ...unnamed, subject: about(b) }).events
  const both = stored(first, second)
  expect([valuesOf(both, a), valuesOf(both, b)]).toEqual([[['final', '61']], [['final', '61']]])
})
