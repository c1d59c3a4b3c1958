import { expect, test } from 'vitest'
import { observation, patient, system } from '../sender.fixture.ts'
import { remembering } from './client.fixture.ts'

const value = { valueQuantity: { value: 6.1 } }
const about = (reference: string, more: object = {}) =>
  observation('K', value, { subject: { reference }, ...more })
type Sent = ReturnType<ReturnType<typeof remembering>['put']>
const keys = ({ events }: Sent) => [...new Set(events.map(({ patientKey }) => patientKey))]
const codes = ({ faults }: Sent) => faults.map(({ code }) => code)
const bodyOf = ({ events }: Sent) => events.at(-1)?.body as unknown as Record<string, unknown>

test('a visit sent before is the visit of a later result', () => {
  const client = remembering()
  client.put({ ...patient('A1'), id: '123' })
  const visit = client.put({
    resourceType: 'Encounter',
    id: 'e1',
    identifier: [{ system: system('X99', 'visit'), value: 'V1' }],
    status: 'in-progress',
    class: { code: 'IMP' },
    subject: { reference: 'Patient/123' },
  })
  const result = client.post(about('Patient/123', { encounter: { reference: 'Encounter/e1' } }))
  expect(bodyOf(result)['encounterId']).toBe(bodyOf(visit)['encounterId'])
  const bare = client.put({
    resourceType: 'Encounter',
    id: 'e2',
    status: 'in-progress',
    class: { code: 'IMP' },
    subject: { reference: 'Patient/123' },
  })
  const other = client.post(about('Patient/123', { encounter: { reference: 'Encounter/e2' } }))
  expect(bodyOf(other)['encounterId']).toBe(bodyOf(bare)['encounterId'])
})

test('a medicine, a practitioner and an organisation sent before are named by later resources', () => {
  const client = remembering()
  client.put({ ...patient('A1'), id: '123' })
  const supporting = [
    { resourceType: 'Medication', id: 'm1', code: { text: 'Methotrexate 2.5 mg' } },
    { resourceType: 'Practitioner', id: 'p1', name: [{ family: 'Okafor' }] },
    { resourceType: 'Organization', id: 'o1', name: 'Ward pharmacy' },
  ]
  for (const resource of supporting) {
    const sent = client.put(resource)
    expect([sent.problem, sent.events, sent.stated.length]).toEqual([null, [], 1])
  }
  const ordered = client.post({
    resourceType: 'MedicationRequest',
    status: 'active',
    intent: 'order',
    medicationReference: { reference: 'Medication/m1' },
    subject: { reference: 'Patient/123' },
    requester: { reference: 'Practitioner/p1' },
  })
  expect(JSON.stringify(bodyOf(ordered))).toContain('Methotrexate 2.5 mg')
  expect(JSON.stringify(bodyOf(ordered))).toContain('Okafor')
})

test('an order sent before gives its number to the result', () => {
  const client = remembering()
  client.put({ ...patient('A1'), id: '123' })
  client.put({
    resourceType: 'ServiceRequest',
    id: 's1',
    identifier: [{ system: system('X99', 'report'), value: 'PL7' }],
    status: 'active',
    intent: 'order',
    code: { text: 'Urea' },
    subject: { reference: 'Patient/123' },
  })
  const report = client.post({
    resourceType: 'DiagnosticReport',
    status: 'final',
    code: { text: 'Urea' },
    subject: { reference: 'Patient/123' },
    basedOn: [{ reference: 'ServiceRequest/s1' }],
  })
  expect(bodyOf(report)['placerNumber']).toBe('PL7')
})

test('a report waits for a result that is not sent yet, and is taken when that was sent', () => {
  const client = remembering()
  client.put({ ...patient('A1'), id: '123' })
  const report = {
    resourceType: 'DiagnosticReport',
    status: 'final',
    code: { text: 'Urea' },
    conclusion: 'Normal.',
    subject: { reference: 'Patient/123' },
    result: [{ reference: 'Observation/o1' }],
  }
  expect(client.post(report).awaits).toEqual(['Observation/o1'])
  client.put({ ...about('Patient/123'), id: 'o1' })
  const taken = client.post(report)
  expect([codes(taken), keys(taken)]).toEqual([[], ['X99|A1']])
})

test('a specimen of one patient is not the specimen of another', () => {
  const client = remembering()
  client.put({ ...patient('A1'), id: '1' })
  client.put({ ...patient('A2'), id: '2' })
  client.put({
    resourceType: 'Specimen',
    id: 's1',
    subject: { reference: 'Patient/1' },
    type: { text: 'Blood' },
  })
  const report = (reference: string) => ({
    resourceType: 'DiagnosticReport',
    status: 'final',
    code: { text: 'Urea' },
    subject: { reference },
    specimen: [{ reference: 'Specimen/s1' }],
  })
  expect(codes(client.post(report('Patient/2')))).toEqual(['SEVERAL_PATIENTS'])
  expect(JSON.stringify(bodyOf(client.post(report('Patient/1'))))).toContain('Blood')
})
