import { expect, test } from 'vitest'
import { bundle, observation, patient, post, read, rules, system } from '../sender.fixture.ts'

const mrn = (value: string, more: object = {}) => ({ system: system('X99'), value, ...more })
const nhs = (value: string, more: object = {}) => ({
  system: 'https://fhir.nhs.uk/Id/nhs-number',
  value,
  ...more,
})
const over = { period: { end: '2019-06-30' } }
const potassium = (about: object, more: object = {}) =>
  observation('K', { valueQuantity: { value: 6.1 } }, { subject: about, ...more })

test.each([
  ['old', { use: 'old' }],
  ['ended', over],
  ['not yet valid', { period: { start: '2099-01-01' } }],
])('an NHS number that is %s does not link, and is deleted', (_, state) => {
  const [alone] = read(patient('', { identifier: [mrn('A1'), nhs('9990001022', state)] })).events
  expect(alone?.body).toMatchObject({
    nhsNumber: null,
    nhsNumberStatus: null,
    deleted: ['nhsNumber'],
  })
  const [replaced] = read(
    patient('', { identifier: [mrn('A1'), nhs('9990001022', state), nhs('9990001030')] }),
  ).events
  expect(replaced?.body).toMatchObject({ nhsNumber: '9990001030', deleted: [] })
})

test('an NHS number that was not sent is not deleted', () => {
  expect(read(patient()).events[0]?.body).toMatchObject({ nhsNumber: null, deleted: [] })
})

test('an identifier that has ended is not the key, and keeps its period', () => {
  const { patientKeys, events } = read(patient('', { identifier: [mrn('B2', over), mrn('A1')] }))
  expect(patientKeys).toEqual(['X99|A1'])
  expect(events[0]?.body).toMatchObject({
    identifiers: [
      { value: 'B2', detail: { validFrom: null, validUntil: '2019-06-30' } },
      { value: 'A1', detail: null },
    ],
  })
})

test.each([
  ['2019-06-30T23:00:00Z', 'X99|B2'],
  ['2019-07-01T00:00:00Z', 'X99|A1'],
])('a period includes its last day: made at %s', (lastUpdated, key) => {
  expect(
    read(patient('', { meta: { lastUpdated }, identifier: [mrn('B2', over), mrn('A1')] }))
      .patientKeys,
  ).toEqual([key])
})

test.each([
  ['old', { use: 'old' }],
  ['ended', over],
])('a reference by an identifier that is %s is rejected', (_, state) => {
  expect(read(potassium({ identifier: mrn('A1', state) }))).toMatchObject({
    events: [],
    faults: [{ code: 'UNKNOWN_PATIENT', at: 'Observation.subject' }],
  })
})

test('a reference by a former identifier of a Patient sent with it is rejected as ambiguous', () => {
  const normalisedBatch = (...patients: object[]) =>
    read(
      bundle(
        'batch',
        ...patients.map((one) => post(one as never)),
        post(potassium({ identifier: mrn('B2') })),
      ),
    )
  const had = patient('', { identifier: [mrn('A1'), mrn('B2', { use: 'old' })] })
  expect(normalisedBatch(had).sent?.entries[1]?.faults).toMatchObject([
    { code: 'SEVERAL_PATIENTS', at: 'Bundle.entry[1].resource.subject' },
  ])
  expect(normalisedBatch(had, patient('B2')).events.map(({ patientKey }) => patientKey)).toEqual([
    'X99|A1',
    'X99|B2',
    'X99|B2',
  ])
})

test('a subject that cannot be a patient is a fault', () => {
  const visit = {
    resourceType: 'Encounter',
    status: 'in-progress',
    class: { code: 'IMP' },
    subject: { identifier: mrn('A1') },
  }
  const of = (about: object) =>
    read(bundle('transaction', post(visit, 'urn:uuid:e'), post(potassium(about))))
  expect(of({ reference: 'urn:uuid:e' }).faults).toMatchObject([
    { code: 'MISSING_SUBJECT', at: 'Bundle.entry[1].resource.subject' },
  ])
  expect(of({ reference: 'Group/1' }).faults).toEqual([])
})

test.each([
  ['another patient', { reference: 'urn:uuid:b' }],
  ['a relative', { reference: 'RelatedPerson/1' }],
  ['a person with only a display', { display: 'Baby Ng' }],
])('an observation with %s as focus is not mapped, alone or in a report', (_, focus) => {
  const people = [post(patient(), 'urn:uuid:p'), post(patient('B2'), 'urn:uuid:b')]
  const rate = post(potassium({ reference: 'urn:uuid:p' }, { focus: [focus] }), 'urn:uuid:o')
  const report = post({
    resourceType: 'DiagnosticReport',
    status: 'final',
    code: { text: 'CTG' },
    subject: { reference: 'urn:uuid:p' },
    result: [{ reference: 'urn:uuid:o' }],
  } as never)
  for (const entries of [[rate], [rate, report]]) {
    const { events, problem } = read(bundle('batch', ...people, ...entries))
    expect(events.map(({ body }) => body.type)).toEqual([
      'PatientDetailsReported',
      'PatientDetailsReported',
    ])
    expect(problem).toMatchObject({
      code: 'UNKNOWN_MODIFIER',
      place: expect.stringMatching(/\.focus\[0\]$/),
    })
  }
})

test.each([
  ['the subject', { reference: 'urn:uuid:p' }],
  ['a device', { reference: 'Device/1' }],
])('an observation with %s as focus is about its subject', (_, focus) => {
  const { problem, patientKeys } = read(
    bundle(
      'batch',
      post(patient(), 'urn:uuid:p'),
      post(potassium({ reference: 'urn:uuid:p' }, { focus: [focus] })),
    ),
  )
  expect([problem, patientKeys]).toEqual([null, ['X99|A1']])
})

test.each([
  ['no address', undefined, false],
  ['an address without a server', 'urn:uuid:p', false],
  ['an address of that server', 'https://a.example/fhir/Patient/1', true],
])(
  'a reference with the address of a server does not mean a Patient with %s',
  (_, fullUrl, isMeant) => {
    const { events } = read(
      bundle(
        'batch',
        post(patient('A1', { id: '1' }) as never, fullUrl),
        post(potassium({ reference: 'https://a.example/fhir/Patient/1/_history/2' })),
      ),
    )
    expect(events.map(({ body }) => body.type)).toEqual([
      'PatientDetailsReported',
      ...(isMeant ? ['ResultReported'] : []),
    ])
  },
)

test('a reference to a contained id that occurs twice does not resolve', () => {
  const contained = ['A1', 'B2'].map((value) => ({ ...patient(value), id: 'p' }))
  expect(read(potassium({ reference: '#p' }, { contained })).faults).toMatchObject([
    { code: 'DANGLING_REFERENCE' },
  ])
})

test('too many contained resources are rejected before validation', () => {
  const contained = Array.from({ length: rules.maxEntries + 1 }, (_, n) => ({
    resourceType: 'Organization',
    id: `o${n}`,
    name: 'x',
  }))
  const many = potassium({ identifier: mrn('A1') }, { contained })
  expect(read(many).faults).toMatchObject([
    { code: 'TOO_MANY_ENTRIES', at: 'Observation.contained' },
  ])
  expect(read(bundle('batch', post(many))).faults).toMatchObject([
    { code: 'TOO_MANY_ENTRIES', at: 'Bundle.entry[0].resource.contained' },
  ])
})

test.each(['AN', 'VN', 'ACSN'])(
  'the number of an account or visit (%s) is never the key, even in a system of patient numbers',
  (code) => {
    const type = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code }] }
    expect(
      read(patient('', { identifier: [mrn('A100', { type }), mrn('A1')] })).patientKeys,
    ).toEqual(['X99|A1'])
    expect(read(patient('', { identifier: [mrn('A100', { type })] })).patientKeys).toEqual([])
  },
)
