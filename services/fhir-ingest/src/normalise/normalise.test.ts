import { messageIdOf } from '@tideway/schemas/public-id'
import type { ResultReported } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { normalise } from './normalise.ts'
import {
  bundle,
  bytesOf,
  laboratory,
  observation,
  patient,
  pharmacy,
  post,
  read,
  rules,
  subject,
  system,
  trust,
} from '../sender.fixture.ts'

const report = (more: object = {}) => ({
  resourceType: 'DiagnosticReport',
  status: 'final',
  subject,
  identifier: [{ system: system('X99', 'report'), value: 'L4711' }],
  code: { coding: [{ code: 'UE', display: 'Urea and electrolytes' }] },
  result: [{ reference: 'urn:uuid:o1' }, { reference: 'urn:uuid:o2' }],
  ...more,
})
const potassium = observation('K', {
  valueQuantity: {
    value: 6.1,
    unit: 'mmol/L',
    system: 'http://unitsofmeasure.org',
    code: 'mmol/L',
  },
})
const pressure = observation('BP', {
  component: [
    { code: { coding: [{ code: 'SYS' }] }, valueQuantity: { value: 120 } },
    { code: { coding: [{ code: 'DIA' }] }, valueQuantity: { value: 80 } },
  ],
})
const lab = (of: object) =>
  bundle(
    'transaction',
    post(patient(), 'urn:uuid:p'),
    post(of as never),
    post(potassium, 'urn:uuid:o1'),
    post(pressure, 'urn:uuid:o2'),
  )
const reportIn = (resource: object, source = trust) =>
  read(resource, source)
    .events.map(({ body }) => body)
    .find((body): body is ResultReported => body.type === 'ResultReported')

test('a report is one event with its observations, known as an ORU of its number and service is', () => {
  const { events, problem, unused } = read(lab(report()))
  expect([problem, unused]).toEqual([null, []])
  expect(events.map(({ place, patientKey, body }) => [place, patientKey, body.type])).toEqual([
    ['Bundle.entry[0].resource', 'X99|A1', 'PatientDetailsReported'],
    ['Bundle.entry[1].resource', 'X99|A1', 'ResultReported'],
  ])
  const body = reportIn(lab(report()))
  expect(body).toMatchObject({ reportId: 'L4711^UE', fillerNumber: 'L4711', status: 'final' })
  expect(
    body?.observations.map(({ key, value, unit, place }) => [
      key,
      value,
      unit?.code ?? null,
      place,
    ]),
  ).toEqual([
    ['K||1', '6.1', 'mmol/L', 'Bundle.entry[2].resource'],
    ['SYS|BP|1', '120', null, 'Bundle.entry[3].resource.component[0]'],
    ['DIA|BP|1', '80', null, 'Bundle.entry[3].resource.component[1]'],
  ])
})

test("a laboratory's own number stands behind it, another organisation's behind that", () => {
  const own = report({ identifier: [{ system: system('XL1', 'report'), value: 'L4711' }] })
  expect(reportIn(lab(own), laboratory)?.reportId).toBe('XL1:L4711^UE')
  expect(reportIn(lab(report()), laboratory)?.reportId).toBe('L4711^UE')
})

test('the same bytes give the same ids, other bytes others', () => {
  const [first, again] = [read(lab(report())), read(lab(report()))]
  expect(again.events).toEqual(first.events)
  expect(first.messageId).toBe(messageIdOf('X99', bytesOf(lab(report()))))
})

test("a report with somebody else's observation is refused", () => {
  const others = { ...potassium, subject: { identifier: { system: system('X99'), value: 'B2' } } }
  const { faults, events } = read(
    bundle(
      'transaction',
      post(patient(), 'urn:uuid:p'),
      post(report() as never),
      post(others, 'urn:uuid:o1'),
      post(pressure, 'urn:uuid:o2'),
    ),
  )
  expect(faults).toMatchObject([
    { code: 'SEVERAL_PATIENTS', at: 'Bundle.entry[2].resource.subject' },
  ])
  expect(events).toEqual([])
})

test.each([
  ['contained', { contained: [{ ...patient(), id: 'p' }], subject: { reference: '#p' } }],
  ['by identifier', { subject: { identifier: { system: system('X99'), value: 'A1' } } }],
  ['by condition', { subject: { reference: `Patient?identifier=${system('X99')}|A1` } }],
])('a patient %s is the same patient', (_, of) => {
  expect(read({ ...potassium, ...of }).patientKeys).toEqual(['X99|A1'])
})

test('an NHS number is never the key; a source that knows nothing else has a surrogate, made with the birth date', () => {
  const nhs = { identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990001022' }] }
  expect(read(patient('', nhs)).faults.map(({ code }) => code)).toEqual(['UNKNOWN_PATIENT'])
  const [key = ''] = read(patient('', nhs), pharmacy).patientKeys
  expect(key).toMatch(/^XP1\|fhir:[0-9a-f]{16}$/)
  expect(read(patient('', { ...nhs, gender: 'female' }), pharmacy).patientKeys).toEqual([key])
  expect(read(patient('', nhs), pharmacy).events[0]?.body).toMatchObject({
    nhsNumber: '9990001022',
  })
  expect(read(patient('', { ...nhs, birthDate: '1960-02-02' }), pharmacy).patientKeys).not.toEqual([
    key,
  ])
  expect(read(patient('', nhs), { ...pharmacy, ods: 'XP2' }).patientKeys[0]).not.toContain(
    key.slice('XP1|'.length),
  )
  const [undated = ''] = read(patient('', { ...nhs, birthDate: undefined }), pharmacy).patientKeys
  expect(undated).toMatch(/^XP1\|fhir:[0-9a-f]{16}$/)
  expect(undated).not.toBe(key)
})

test('a reference by NHS number means the one Patient beside it that has it, and nobody without', () => {
  const number = { system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990001022' }
  const known = patient('', { identifier: [{ system: system('X99'), value: 'A1' }, number] })
  const byNumber = { ...potassium, subject: { identifier: number } }
  expect(
    read(bundle('collection', { resource: known }, { resource: byNumber })).patientKeys,
  ).toEqual(['X99|A1'])
  expect(read(byNumber).faults).toMatchObject([
    { code: 'UNKNOWN_PATIENT', at: 'Observation.subject' },
  ])
  expect(read(byNumber, pharmacy).patientKeys).toEqual(
    read(patient('', { identifier: [number], birthDate: undefined }), pharmacy).patientKeys,
  )
})

test('two of one type and id with full addresses of their own are two, and only their addresses name them', () => {
  const of = (fullUrl: string, id: string) => ({
    fullUrl,
    resource: { resourceType: 'Practitioner', id, name: [{ family: fullUrl.slice(-1) }] },
  })
  const told = (reference: string, second = 'd1') =>
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
  const performersOf = (of: ReturnType<typeof told>) =>
    JSON.stringify(of.events.map(({ body }) => body)).match(/"family":"[ab]"/g)
  expect(performersOf(told('urn:uuid:b'))).toEqual(['"family":"b"'])
  expect(performersOf(told('Practitioner/d1', 'd2'))).toEqual(['"family":"a"'])
  expect(performersOf(told('Practitioner/d1'))).toBeNull()
})

test('an item dispensed in two parts is two dispenses; the same entry twice is a fault', () => {
  const dispense = {
    resourceType: 'MedicationDispense',
    status: 'completed',
    subject,
    identifier: [{ system: 'http://x.example/item', value: 'i1' }],
    medicationCodeableConcept: { text: 'Furosemide 40mg' },
  }
  const of = (...addresses: string[]) =>
    read(
      bundle(
        'collection',
        { fullUrl: 'urn:uuid:p', resource: patient() },
        ...addresses.map((fullUrl) => ({ fullUrl, resource: dispense })),
      ),
    )
  const ids = of('urn:uuid:a', 'urn:uuid:b').events.flatMap(({ body }) =>
    body.type === 'MedicationDispensed' ? [body.dispenseId] : [],
  )
  expect(ids).toHaveLength(2)
  expect(ids[1]).toBe(`${ids[0]}#2`)
  expect(of('urn:uuid:a', 'urn:uuid:a').faults.map(({ code }) => code)).toContain('DUPLICATE_ENTRY')
})

test('two NHS numbers are two people', () => {
  const two = ['9990001022', '9990001030'].map((value) => ({
    system: 'https://fhir.nhs.uk/Id/nhs-number',
    value,
  }))
  const numbers = read(
    patient('', { identifier: [{ system: system('X99'), value: 'A1' }, ...two] }),
  )
  expect(numbers.faults.map(({ code }) => code)).toEqual(['SEVERAL_PATIENTS'])
})

test('a report whose observation was not sent is refused: half of it would be wrong', () => {
  const { faults, events } = read(
    bundle('transaction', post(patient(), 'urn:uuid:p'), post(report() as never)),
  )
  expect(faults).toMatchObject([
    { code: 'DANGLING_REFERENCE', at: 'Bundle.entry[1].resource.result[0].reference' },
  ])
  expect(events).toEqual([])
})

test('a report that is taken back is not refused for an observation that was not sent, and takes back those that were', () => {
  const member = observation('GAS', { valueString: 'x', hasMember: [{ reference: 'urn:uuid:o9' }] })
  const gone = bundle(
    'transaction',
    post(patient(), 'urn:uuid:p'),
    post(report({ status: 'entered-in-error' }) as never),
    post(member, 'urn:uuid:o1'),
  )
  expect(read(gone).faults).toEqual([])
  expect(reportIn(gone)).toMatchObject({
    reportId: 'L4711^UE',
    status: 'entered-in-error',
    observations: [{ key: 'GAS||1', status: 'entered-in-error' }],
  })
  expect(reportIn(lab(report()))?.observations.map(({ status }) => status)).toEqual([
    'final',
    'final',
    'final',
  ])
})

test.each([
  ['planned', ['PatientPreAdmitted']],
  ['in-progress', ['PatientAdmitted']],
  ['finished', ['PatientAdmitted', 'PatientDischarged']],
  ['cancelled', ['AdmissionCancelled']],
])('a visit that is %s', (status, types) => {
  const visit = {
    resourceType: 'Encounter',
    status,
    class: { code: 'IMP' },
    identifier: [{ system: system('X99', 'visit'), value: 'V1' }],
    period: { start: '2026-07-01T09:15:00+01:00' },
    subject,
  }
  const { events } = read(
    bundle('collection', { fullUrl: 'urn:uuid:p', resource: patient() }, { resource: visit }),
  )
  const happened = events.map(({ body }) => body).filter((body) => 'visit' in body)
  expect(happened.map(({ type }) => type)).toEqual(types)
  expect(happened[0]).toMatchObject({
    encounterId: 'V1',
    visit: { patientClass: 'INPATIENT', admittedAt: '2026-07-01T09:15:00+01:00' },
  })
})

test('a status that is none of R4 is refused', () => {
  expect(
    read({
      ...potassium,
      status: 'ready',
      subject: { identifier: { system: system('X99'), value: 'A1' } },
    }).faults,
  ).toMatchObject([{ code: 'INVALID_VALUE', at: 'Observation.status' }])
})

test('elements that were not used are listed', () => {
  expect(read(patient('A1', { photo: [{ title: 'x' }] })).unused).toEqual(['Patient.photo'])
})

test('nothing is taken from an entry with faults: in a batch what refers to it is refused too, in a transaction its own fault says enough', () => {
  const entries = [post(patient('A1', { identifier: 'A1' }), 'urn:uuid:p'), post(potassium)]
  const batch = read(bundle('batch', ...entries))
  expect(batch.events).toEqual([])
  expect(batch.sent?.entries.map(({ faults }) => faults.map(({ code }) => code))).toEqual([
    ['INVALID_STRUCTURE'],
    ['FAULTY_REFERENCE'],
  ])
  expect(read(bundle('transaction', ...entries)).faults.map(({ code, at }) => [code, at])).toEqual([
    ['INVALID_STRUCTURE', 'Bundle.entry[0].resource.identifier'],
  ])
})

test.each([
  ['a list for one', { gender: [] }, 'Patient.gender'],
  ['one for a list', { name: { family: 'Ng' } }, 'Patient.name'],
  ['a text for a list', { identifier: 'A1' }, 'Patient.identifier'],
  ['an object for a text', { name: [{ family: {} }] }, 'Patient.name[0].family'],
  ['a text for an object', { maritalStatus: 'M' }, 'Patient.maritalStatus'],
  ['a number that extends a date', { _birthDate: 1 }, 'Patient.birthDate'],
])('%s is one fault', (_, of, place) => {
  expect(read(patient('A1', of)).faults.map(({ code, at }) => [code, at])).toEqual([
    ['INVALID_STRUCTURE', place],
  ])
})

test('a long text for a list is not a fault for each of its letters', () => {
  expect(read(patient('A1', { identifier: 'x'.repeat(1_000_000) })).faults).toHaveLength(1)
})

test.each(['__proto__', 'constructor', 'toString'])(
  'a name like %s, which every object has, is no defect',
  (name) => {
    const bytes = Buffer.from(
      JSON.stringify(patient('A1', { x: 1 })).replace('"x":1', `${JSON.stringify(name)}:{"a":[]}`),
    )
    expect(
      normalise({ source: trust, bytes, receivedAt: 1 }, rules).faults.some(
        ({ code }) => code === 'UNEXPECTED',
      ),
    ).toBe(false)
  },
)

test('an empty list says nothing', () => {
  expect(read(patient('A1', { link: [] })).faults).toEqual([])
})

test('depth that would end the process is refused', () => {
  let deep: object = { url: 'x' }
  for (let n = 0; n < 100; n++) deep = { url: 'x', extension: [deep] }
  expect(read(patient('A1', deep)).faults).toMatchObject([{ code: 'TOO_DEEP' }])
})

test('a patient of one server is not meant by a reference from another', () => {
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

test("a number that is no longer the patient's is not the key", () => {
  const identifier = [
    { use: 'old', system: system('X99'), value: 'B2' },
    { use: 'official', system: system('X99'), value: 'A1' },
  ]
  expect(read(patient('', { identifier })).patientKeys).toEqual(['X99|A1'])
})

test('a role that is said to be held by itself is nobody', () => {
  const role = {
    resourceType: 'PractitionerRole',
    id: 'r',
    practitioner: { reference: '#r' },
    organization: { reference: '#r' },
  }
  const about = { identifier: { system: 'https://x99.example/id/patient', value: 'A1' } }
  const { problem, events } = read(
    observation(
      'K',
      { valueString: 'x' },
      { subject: about, contained: [role], performer: [{ reference: '#r' }] },
    ),
  )
  expect(problem).toBeNull()
  expect(events[0]?.body).toMatchObject({ observations: [{ performers: [], producer: null }] })
})

test('a word that every object has is in no table: it is kept as sent, and the log can take it', () => {
  const word = 'constructor'
  const about = { identifier: { system: 'https://x99.example/id/patient', value: 'A1' } }
  const coding = [{ coding: [{ code: word }] }]
  const contact = read({ resourceType: 'RelatedPerson', patient: about, gender: word })
  expect(contact.events[0]?.body).toMatchObject({ sex: word })
  expect(
    read(observation('K', { valueString: 'x' }, { subject: about, category: coding })).events[0]
      ?.body,
  ).toMatchObject({ observations: [{ category: word }] })
  const visit = read({
    resourceType: 'Encounter',
    status: 'in-progress',
    class: { code: word },
    subject: about,
    participant: [{ type: coding, individual: { display: 'Lee' } }],
  })
  expect(visit.events[0]?.body).toMatchObject({
    visit: { patientClass: word, consulting: [{ family: 'Lee' }] },
  })
})

test('a transaction with an update that is sent twice speaks of the same things twice: what has no id of its own is not another', () => {
  const allergy = {
    resourceType: 'AllergyIntolerance',
    patient: subject,
    clinicalStatus: {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical',
          code: 'active',
        },
      ],
    },
    code: { coding: [{ code: 'P' }] },
  }
  const update = {
    ...post(patient('A1', { id: 'p1' }), 'urn:uuid:p'),
    request: { method: 'PUT', url: 'Patient/p1' },
  }
  const bytes = bytesOf(bundle('transaction', update, post(allergy)))
  const [first, again] = [1, 2].map((receivedAt) =>
    normalise({ source: trust, bytes, receivedAt }, rules),
  )
  expect([first?.faults, first?.events.length]).toEqual([[], 2])
  expect(again?.messageId).not.toBe(first?.messageId)
  expect(again?.events.map(({ body }) => body)).toEqual(first?.events.map(({ body }) => body))
})

test.each([
  [0, 1],
  [1, 0],
])(
  'an address that is the type and id of another entry is refused: a reference would lead to either patient',
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
