import { expect, test } from 'vitest'
import { nameOfReference, serverIn, typeInName } from './names.ts'

const base = 'https://record.example/fhir'

test.each([
  ['Patient/123', 'Patient/123'],
  ['Patient/123/_history/4', 'Patient/123'],
  ['https://record.example/fhir/Patient/123', 'Patient/123'],
  ['https://record.example/fhir/Patient/123/_history/4', 'Patient/123'],
  ['/fhir/Patient/123', 'Patient/123'],
  ['https://ehr.example/r4/Patient/123', 'https://ehr.example/r4/Patient/123'],
  ['https://ehr.example/r4/Patient/123/_history/1', 'https://ehr.example/r4/Patient/123'],
  ['https://record.example/fhir2/Patient/123', 'https://record.example/fhir2/Patient/123'],
])('%s is known as %s', (reference, name) => {
  expect(nameOfReference(reference, base)).toBe(name)
})

test.each(['#p', 'urn:uuid:1', 'Patient?identifier=a|b', 'Patient', 'Patient/', 'not an address'])(
  '%s is no address of a resource',
  (reference) => {
    expect(nameOfReference(reference, base)).toBeNull()
  },
)

test('a base without host is enough for relative addresses', () => {
  expect(nameOfReference('/fhir/Patient/1', '/fhir')).toBe('Patient/1')
  expect(nameOfReference('https://other.example/fhir/Patient/1', '/fhir')).toBe(
    'https://other.example/fhir/Patient/1',
  )
})

test('server and type of an address', () => {
  expect(serverIn('https://ehr.example/r4/Patient/1/_history/2')).toBe('https://ehr.example/r4/')
  expect(serverIn('urn:uuid:1')).toBeNull()
  expect(serverIn(null)).toBeNull()
  expect(['Patient/1', 'https://ehr.example/r4/Encounter/2'].map(typeInName)).toEqual([
    'Patient',
    'Encounter',
  ])
})
