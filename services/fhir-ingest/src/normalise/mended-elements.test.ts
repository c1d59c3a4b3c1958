import type { ResultReported } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { remembering } from '../references/client.fixture.ts'
import { bundle, observation, patient, post, read, subject } from '../sender.fixture.ts'

const sentWith = (resource: object) =>
  read(bundle('transaction', post(patient(), 'urn:uuid:p'), post(resource as never)))
const shownOf = (value: object) => {
  const sent = sentWith(observation('K', value))
  expect(sent.faults).toEqual([])
  const body = sent.events.at(-1)?.body as ResultReported
  const [first] = body.observations
  return { value: first?.value, numeric: first?.numeric?.value ?? null, sent }
}

test.each([
  ['a quantity given as a string', { valueQuantity: '5.1 mmol/L' }, '5.1 mmol/L', null],
  ['a number given as a string', { valueQuantity: { value: '5.10', unit: 'mmol/L' } }, '5.10', 5.1],
  ['an amount in words', { valueQuantity: { value: '>90', unit: 'mL/min' } }, '>90 mL/min', null],
  [
    'a comparator of no standard',
    { valueQuantity: { value: 5, unit: 'mmol/L', comparator: '~' } },
    '~ 5 mmol/L',
    null,
  ],
  ['a concept given as a string', { valueCodeableConcept: 'Positive' }, 'Positive', null],
  [
    'a concept given as a coding',
    { valueCodeableConcept: { code: 'P', display: 'Positive' } },
    'Positive',
    null,
  ],
  ['a string given as a number', { valueString: 5 }, '5', null],
  [
    'two values',
    { valueQuantity: { value: 5, unit: 'g/L' }, valueString: 'high' },
    '5 g/L; high',
    null,
  ],
  ['a value in a list', { valueString: ['5'] }, '5', null],
])('%s is shown, and listed', (_, value, shown, numeric) => {
  const { sent, ...found } = shownOf(value)
  expect(found).toEqual({ value: shown, numeric })
  expect(sent.unused.join()).toMatch(/Observation\.value/)
  expect(sent.events.at(-1)?.notShown ?? null).toBeNull()
})

test('a value beside the reason why there is none is shown', () => {
  const { value, sent } = shownOf({
    valueQuantity: { value: 5 },
    dataAbsentReason: { text: 'Error' },
  })
  expect([value, sent.unused]).toEqual(['5', ['Observation INVARIANT']])
})

test.each([
  ['a time that is none', { effectiveDateTime: '01/02/2026' }, 'Observation.effective[x]'],
  ['an element that R4 does not define', { trend: 'up' }, 'Observation.trend'],
  [
    'an item without what it must have',
    { component: [{ valueString: 'x' }] },
    'Observation.component',
  ],
])('%s costs only itself, and the record says so', (_, more, path) => {
  const { value, sent } = shownOf({ valueString: 'x', ...more })
  expect(value).toBe('x')
  expect(sent.unused.join()).toContain(path)
  expect(sent.events.at(-1)?.notShown).toMatchObject({ count: 1 })
})

test.each([
  ['the status', { status: 'Final' }],
  ['a missing status', { status: undefined }],
  ['the patient', { subject: 'urn:uuid:p' }],
  ['what it is about', { code: 7 }],
  ['a modifier', { modifierExtension: [{ url: 5 }] }],
])('%s decides what is stated, and is refused', (_, more) => {
  expect(sentWith(observation('K', { valueString: 'x' }, more)).faults).not.toEqual([])
})

test('an element that cannot be read does not cost the other resources', () => {
  const good = Array.from({ length: 49 }, (_, index) =>
    post(observation(`C${index}`, { valueString: 'x' })),
  )
  const bad = post(observation('K', { valueQuantity: 'haemolysed' }, { issued: 'yesterday' }))
  const sent = read(bundle('transaction', post(patient(), 'urn:uuid:p'), ...good, bad))
  expect([sent.faults, sent.events.length]).toEqual([[], 51])
})

test('a part of another type is refused or read, never taken for another', () => {
  const dose = sentWith({
    resourceType: 'MedicationRequest',
    status: 'active',
    intent: 'order',
    subject,
    medicationCodeableConcept: 'Methotrexate 2.5 mg',
    dosageInstruction: 'ONE tablet once a week',
    note: 'Check bloods',
  })
  expect(dose.faults).toEqual([])
  expect(JSON.stringify(dose.events.at(-1)?.body)).toMatch(/Methotrexate 2.5 mg.*once a week/)
})

test.each([
  ['a list for a single value', { gender: [] }, 'Patient.gender INVALID_STRUCTURE', { sex: null }],
  [
    'a single value for a list',
    { name: { family: 'Li' } },
    'Patient.name INVALID_STRUCTURE',
    { names: [{ family: 'Li' }] },
  ],
  [
    'an object for a text',
    { name: [{ family: {}, given: ['Bo'] }] },
    'Patient.name.family INVALID_STRUCTURE',
    { names: [{ family: null, given: ['Bo'] }] },
  ],
  [
    'a text for an object',
    { maritalStatus: 'M' },
    'Patient.maritalStatus INVALID_STRUCTURE',
    { maritalStatus: { text: 'M' } },
  ],
  [
    'a day that is none',
    { birthDate: '01/02/1960' },
    'Patient.birthDate INVALID_VALUE',
    { birthDate: null },
  ],
  [
    'an offset of no place on earth',
    { deceasedDateTime: '2026-09-01T09:00:00+14:59' },
    'Patient.deceased[x] INVALID_VALUE',
    { diedAt: null },
  ],
  ['an element of no release', { birthday: 'x' }, 'Patient.birthday INVALID_STRUCTURE', {}],
])('a patient with %s is taken', (_, of, listed, expected) => {
  const { faults, unused, events } = read(patient('A1', of))
  expect(faults).toEqual([])
  expect(unused).toContain(listed)
  expect(events[0]?.body).toMatchObject(expected)
})

test('what a Patient sent to its own address could not say is not taken back', () => {
  const client = remembering()
  client.put({ ...patient('A1'), id: '1' })
  const [again] = client.put({ ...patient('A1', { birthDate: 'soon' }), id: '1' }).events
  expect(again?.body).toMatchObject({ isWhole: null })
})

test('a thousand elements of no release are a thousand in the list, and nothing else', () => {
  const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`x${index}`, 1]))
  const { faults, unused, events } = read(patient('A1', many))
  expect([faults, unused.length, events.length]).toEqual([[], 1_000, 1])
})
