import { expect, test } from 'vitest'
import { logicalPatientKey } from '@tideway/record/keys/patient-key'
import { bundle, observation, patient, post, system } from '../sender.fixture.ts'
import { put, remembering } from './client.fixture.ts'

const nameless = { resourceType: 'Patient', id: '123', birthDate: '1960-02-01' }
const value = { valueQuantity: { value: 6.1 } }
const about = (reference: string, more: object = {}) =>
  observation('K', value, { subject: { reference }, ...more })
const own = logicalPatientKey('X99', 'client-x99', '123')
type Sent = ReturnType<ReturnType<typeof remembering>['put']>
const keys = ({ events }: Sent) => [...new Set(events.map(({ patientKey }) => patientKey))]
const codes = ({ faults }: Sent) => faults.map(({ code }) => code)

test('an id that was given to two patients by creates leads to neither; an update settles it', () => {
  const client = remembering()
  client.post({ ...patient('A1'), id: 'example' })
  expect(keys(client.post(about('Patient/example')))).toEqual(['X99|A1'])
  client.post({ ...patient('A2'), id: 'example' })
  expect(codes(client.post(about('Patient/example')))).toEqual(['UNRESOLVED_REFERENCE'])
  client.put({ ...patient('A2'), id: 'example' })
  expect(keys(client.post(about('Patient/example')))).toEqual(['X99|A2'])
})

test('the same id on two servers is two patients', () => {
  const client = remembering()
  const at = (server: string, number: string) =>
    bundle('collection', {
      fullUrl: `https://${server}.example/fhir/Patient/1`,
      resource: { ...patient(number), id: '1' },
    })
  client.post(at('one', 'A1'))
  client.post(at('two', 'A2'))
  const from = (server: string) =>
    client.post(
      bundle('collection', {
        fullUrl: `https://${server}.example/fhir/Observation/7`,
        resource: { ...about('Patient/1'), id: '7' },
      }),
    )
  expect(['one', 'two'].map((server) => keys(from(server)))).toEqual([['X99|A1'], ['X99|A2']])
  expect(codes(from('three'))).toEqual(['UNRESOLVED_REFERENCE'])
  expect(keys(client.post(about('https://one.example/fhir/Patient/1/_history/2')))).toEqual([
    'X99|A1',
  ])
})

test('urn:uuid, relative, conditional and earlier references in one Bundle', () => {
  const client = remembering()
  client.put(nameless)
  const sent = client.post(
    bundle(
      'transaction',
      post(patient('A1'), 'urn:uuid:p'),
      put({ ...patient('A2'), id: 'two' }),
      post(about('urn:uuid:p')),
      post(about('Patient/two')),
      post(about(`Patient?identifier=${system('X99')}|A3`)),
      post(about(`Patient?identifier=${system('X99')}%7CA1`)),
      post(about('Patient/123')),
    ),
  )
  expect(codes(sent)).toEqual([])
  expect(
    sent.events
      .filter(({ body }) => body.type === 'ResultReported')
      .map(({ patientKey }) => patientKey),
  ).toEqual(['X99|A1', 'X99|A2', 'X99|A3', 'X99|A1', own])
})

test('a transaction waits as a whole, a batch for the entry that refers to what is missing', () => {
  const entries = [
    post(patient('A1'), 'urn:uuid:p'),
    post(about('urn:uuid:p')),
    post(about('Patient/9')),
  ]
  const whole = remembering().post(bundle('transaction', ...entries))
  expect([whole.events, whole.stated, whole.awaits]).toEqual([[], [], ['Patient/9']])
  const part = remembering().post(bundle('batch', ...entries))
  expect([part.events.length, part.problem?.code, part.awaits]).toEqual([
    2,
    'UNRESOLVED_REFERENCE',
    ['Patient/9'],
  ])
})
