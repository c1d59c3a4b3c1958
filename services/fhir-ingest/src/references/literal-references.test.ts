import { expect, test } from 'vitest'
import { logicalPatientKey } from '@tideway/record/keys/patient-key'
import { idOf } from '../normalise/answered-id.ts'
import { laboratory, observation, patient, publicIds, system, trust } from '../sender.fixture.ts'
import { base, remembering } from './client.fixture.ts'

const nameless = { resourceType: 'Patient', id: '123', birthDate: '1960-02-01' }
const value = { valueQuantity: { value: 6.1 } }
const about = (reference: string, more: object = {}) =>
  observation('K', value, { subject: { reference }, ...more })
const own = logicalPatientKey('X99', 'client-x99', '123')
type Sent = ReturnType<ReturnType<typeof remembering>['put']>
const keys = ({ events }: Sent) => [...new Set(events.map(({ patientKey }) => patientKey))]
const codes = ({ faults }: Sent) => faults.map(({ code }) => code)

test('a Patient without identifiers, sent to its own address, is a source patient', () => {
  const { put } = remembering()
  expect(keys(put(nameless))).toEqual([own])
  expect(keys(put({ ...nameless, gender: 'female' }))).toEqual([own])
  expect(keys(put({ ...nameless, id: '124' }))).not.toEqual([own])
})

test('an id identifies among the patients of one client only', () => {
  expect(keys(remembering('other').put(nameless))).not.toEqual([own])
  expect(keys(remembering('client-x99', laboratory).put(nameless))).not.toEqual([own])
})

test('a Patient created without identifiers is refused: its id means nothing', () => {
  expect(codes(remembering().post(nameless))).toEqual(['UNKNOWN_PATIENT'])
})

test('an identifier that the client may use comes before its id; a number of others is refused', () => {
  const { put } = remembering()
  expect(keys(put({ ...patient('A1'), id: '123' }))).toEqual(['X99|A1'])
  const others = { ...nameless, identifier: [{ system: system('XL1'), value: '1' }] }
  expect(codes(put(others))).toEqual(['OTHER_ORGANISATION'])
})

test.each([
  'Patient/123',
  'Patient/123/_history/7',
  `${base}/Patient/123`,
  `${base}/Patient/123/_history/7`,
  '/fhir/Patient/123',
])('%s leads to the patient who was sent before', (reference) => {
  const client = remembering()
  client.put(nameless)
  const sent = client.post(about(reference))
  expect([keys(sent), codes(sent), sent.awaits]).toEqual([[own], [], []])
  expect(sent.resolved).toMatchObject([{ names: ['Patient/123'], patientKey: own }])
})

test('the id that was answered leads to the resource that was created', () => {
  const client = remembering()
  const created = client.post(patient('A1'))
  const [entry] = created.sent?.entries ?? []
  const id = idOf(entry as never, trust, created.bytesId, publicIds)
  expect(keys(client.post(about(`Patient/${id}`)))).toEqual(['X99|A1'])
  expect(keys(client.post(about(`${base}/Patient/${id}/_history/1`)))).toEqual(['X99|A1'])
})

test('what another client sent is not known', () => {
  const one = remembering()
  one.put(nameless)
  const other = remembering('other', undefined, one.view)
  expect([codes(other.post(about('Patient/123')))]).toEqual([['UNRESOLVED_REFERENCE']])
})

test('a reference to what is not sent yet waits for it by name', () => {
  const client = remembering()
  const early = client.post(about('Patient/123'))
  expect([early.events, early.problem, early.awaits]).toEqual([
    [],
    { code: 'UNRESOLVED_REFERENCE', place: 'Observation.subject.reference' },
    ['Patient/123'],
  ])
  client.put(nameless)
  expect(keys(client.post(about('Patient/123')))).toEqual([own])
})

test.each(['urn:uuid:1', '#p', 'Patient?name=x'])('for %s nothing can come', (reference) => {
  expect(codes(remembering().post(about(reference)))).not.toContain('UNRESOLVED_REFERENCE')
})

test('a reference with an identifier need not wait', () => {
  const identifier = { system: system('X99'), value: 'A1' }
  const sent = remembering().post(
    observation('K', value, { subject: { reference: 'Patient/9', identifier } }),
  )
  expect(keys(sent)).toEqual(['X99|A1'])
})
