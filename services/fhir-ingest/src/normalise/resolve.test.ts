import { expect, test } from 'vitest'
import { bundle, observation, patient, post, read } from '../sender.fixture.ts'
import { potassium } from './report.fixture.ts'

test('two resources of one type and id with their own fullUrl are distinct, and referenced only by fullUrl', () => {
  const of = (fullUrl: string, id: string) => ({
    fullUrl,
    resource: { resourceType: 'Practitioner', id, name: [{ family: fullUrl.slice(-1) }] },
  })
  const normalisedMessage = (reference: string, second = 'd1') =>
    read(
      bundle(
        'message',
        {
          fullUrl: 'urn:uuid:m',
          resource: {
            resourceType: 'MessageHeader',
            eventUri: 'http://x.example/e',
            source: { endpoint: 'http://x.example' },
          },
        },
        { fullUrl: 'urn:uuid:p', resource: patient() },
        of('urn:uuid:a', 'd1'),
        of('urn:uuid:b', second),
        {
          fullUrl: 'urn:uuid:o',
          resource: {
            ...observation('K', { valueQuantity: { value: 1 } }),
            performer: [{ reference }],
          },
        },
      ),
    )
  const performersOf = (of: ReturnType<typeof normalisedMessage>) =>
    JSON.stringify(of.events.map(({ body }) => body)).match(/"family":"[ab]"/g)
  expect(performersOf(normalisedMessage('urn:uuid:b'))).toEqual(['"family":"b"'])
  expect(performersOf(normalisedMessage('Practitioner/d1', 'd2'))).toEqual(['"family":"a"'])
  expect(performersOf(normalisedMessage('Practitioner/d1'))).toBeNull()
})

test('a relative reference does not resolve to a patient of another server', () => {
  const entries = (server: string) => ({
    resourceType: 'Bundle',
    type: 'collection',
    entry: [
      { fullUrl: `https://${server}/fhir/Patient/1`, resource: { ...patient(), id: '1' } },
      {
        fullUrl: 'https://a.example/fhir/Observation/9',
        resource: { ...potassium, id: '9', subject: { reference: 'Patient/1' } },
      },
    ],
  })
  expect(read(entries('a.example')).patientKeys).toEqual(['X99|A1'])
  expect(read(entries('b.example')).faults).toMatchObject([
    { code: 'DANGLING_REFERENCE', at: expect.stringContaining('Bundle.entry[1].resource.subject') },
  ])
})

test.each([
  [0, 1],
  [1, 0],
])(
  'a fullUrl that is the type and id of another entry is rejected: a reference would be ambiguous',
  (...order) => {
    const patients = [
      post(patient('A1', { id: '1' }), 'urn:uuid:p'),
      post(patient('B2', { id: '2' }), 'Patient/1'),
    ]
    const { faults, events } = read(
      bundle(
        'transaction',
        ...order.map((n) => patients[n] as object),
        post(
          observation(
            'K',
            { valueQuantity: { value: 6.1 } },
            { subject: { reference: 'Patient/1' } },
          ),
        ),
      ),
    )
    expect(faults).toMatchObject([{ code: 'DUPLICATE_ENTRY', at: 'Bundle.entry[1].resource' }])
    expect(events).toEqual([])
  },
)
