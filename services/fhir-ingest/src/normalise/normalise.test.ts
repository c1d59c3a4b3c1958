import { messageIdOf } from '@tideway/schemas/public-id'
import { normalise } from './normalise.ts'
import { expect, test } from 'vitest'
import {
  bundle,
  bytesOf,
  observation,
  patient,
  post,
  read,
  rules,
  subject,
  system,
  trust,
} from '../sender.fixture.ts'
import { lab, potassium, report } from './report.fixture.ts'

test('the same bytes give the same ids', () => {
  const sent = { ...lab(report()), timestamp: '2026-07-01T09:15:00Z' }
  const [first, again] = [1, 2].map((receivedAt) =>
    normalise({ source: trust, bytes: bytesOf(sent), receivedAt }, rules),
  )
  const receivedAt = expect.any(Number)
  expect(again?.events).toEqual(first?.events.map((event) => ({ ...event, receivedAt })))
  expect(first?.messageId).toBe(messageIdOf('X99', bytesOf(sent)))
})

test.each([
  ['a resource', observation('K', { valueQuantity: { value: 4 }, subject })],
  ['a Bundle', lab(report())],
])('%s without a time of its own is said each time it is received', (_, sent) => {
  const [first, again] = [1, 2].map((receivedAt) =>
    normalise({ source: trust, bytes: bytesOf(sent), receivedAt }, rules),
  )
  expect(first?.messageId).toBe(messageIdOf('X99', bytesOf(sent), 1))
  expect(again?.messageId).toBe(messageIdOf('X99', bytesOf(sent), 2))
})

test('a conditional create sent again is the same message: what it creates exists', () => {
  const bytes = bytesOf(patient())
  const once = (receivedAt: number) =>
    normalise({ source: trust, bytes, receivedAt, isConditional: true }, rules).messageId
  expect(once(1)).toBe(once(2))
  const entry = (ifNoneExist?: string) => ({
    fullUrl: 'urn:uuid:p',
    resource: patient(),
    request: { method: 'POST', url: 'Patient', ifNoneExist },
  })
  const ids = (...entries: object[]) =>
    [1, 2].map(
      (receivedAt) =>
        normalise(
          { source: trust, bytes: bytesOf(bundle('transaction', ...entries)), receivedAt },
          rules,
        ).messageId,
    )
  expect(new Set(ids(entry(`identifier=${system('X99')}|A1`))).size).toBe(1)
  expect(new Set(ids(entry())).size).toBe(2)
})

test('a status outside the value set is rejected', () => {
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

test('an entry with faults is not mapped: references to it are rejected in a batch, and not reported again in a transaction', () => {
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

test('a text in place of the identifiers of a patient is one fault', () => {
  const { faults } = read(patient('A1', { identifier: 'A1' }))
  expect(faults.map(({ code, at }) => [code, at])).toEqual([
    ['INVALID_STRUCTURE', 'Patient.identifier'],
  ])
})

test('a long text in place of a list is one fault', () => {
  expect(read(patient('A1', { identifier: 'x'.repeat(1_000_000) })).faults).toHaveLength(1)
})

test.each(['__proto__', 'constructor', 'toString'])(
  'an element named %s, like a property of every object, causes no defect',
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

test('an empty list is accepted', () => {
  expect(read(patient('A1', { link: [] })).faults).toEqual([])
})

test('nesting that could overflow the stack is rejected', () => {
  let deep: object = { url: 'x' }
  for (let n = 0; n < 100; n++) deep = { url: 'x', extension: [deep] }
  expect(read(patient('A1', deep)).faults).toMatchObject([{ code: 'TOO_DEEP' }])
})

test('a PractitionerRole that refers to itself gives no practitioner', () => {
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

test('a code named like a property of every object is kept as sent', () => {
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

test('a transaction with an update, sent twice, gives the same ids: a resource without id stays the same', () => {
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
