import { expect, test } from 'vitest'
import { openFhirRules, readOne } from './fhir-reader.ts'
import { mustBeMapped } from './reading.ts'

const rules = await openFhirRules()
const patient = {
  resourceType: 'Patient',
  identifier: [{ system: 'https://a.example/id', value: '1' }],
  name: [{ family: 'Ng' }],
}
const read = (json: object, { file = 'fhir/a__b/one.json', mappings = rules.mappings } = {}) =>
  readOne(file, Buffer.from(`\uFEFF${JSON.stringify(json)}`), { ...rules, mappings })
const bundle = (type: string, ...resources: object[]) => ({
  resourceType: 'Bundle',
  type,
  entry: resources.map((resource) => ({ resource })),
})

test('the sender may identify the patients in its file', () => {
  expect(read(patient)).toMatchObject({
    repository: 'a/b',
    type: 'Patient',
    fate: 'events',
    malformed: null,
    problem: null,
    events: [{ patientKey: 'XFHIR|1' }],
  })
  expect(read({ ...patient, identifier: [] })).toMatchObject({
    malformed: expect.stringContaining('UNKNOWN_PATIENT at Patient.identifier'),
    events: [],
  })
})

test('a file without a mapping is our fault', () => {
  const unmapped = read(patient, { mappings: new Map() })
  expect(unmapped.problem?.code).toBe('UNSUPPORTED_TYPE')
  expect(mustBeMapped(unmapped)).toBe(true)
})

test("invalid R4 is the sender's fault, and so are deliberate mistakes", () => {
  expect(read(bundle('collection', patient, { ...patient, identifier: 5 })).malformed).toBe(
    'INVALID_STRUCTURE at Bundle.entry.resource.identifier',
  )
  expect(read(patient, { file: 'fhir/a__b/errors/x/one.json' }).malformed).toContain('deliberate')
  expect(readOne('fhir/a__b/x.json', Buffer.from('{'), rules)).toMatchObject({
    type: 'no resource',
    malformed: 'no JSON resource',
  })
})

test.each([
  ['an answer', bundle('searchset', patient), 'Bundle/searchset', null],
  ['workflow', { resourceType: 'Parameters' }, 'Parameters', null],
  [
    'a list of practitioners',
    bundle('collection', { resourceType: 'Practitioner' }),
    'Bundle/collection',
    null,
  ],
  [
    'of a patient',
    bundle('collection', { resourceType: 'Practitioner' }, patient),
    'Bundle/collection',
    'events',
  ],
])('%s', (_, json, type, fate) => expect(read(json)).toMatchObject({ type, fate }))
