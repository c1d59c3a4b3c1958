import { expect, test } from 'vitest'
import {
  findReferenced,
  identifierCondition,
  indexReferences,
  type Referable,
  typeInReference,
} from './references.ts'

interface One extends Referable<One> {}
const one = (type: string, id: string | null, fullUrl: string | null = null): One => ({
  type,
  sent: id === null ? {} : { id },
  fullUrl,
  containedById: new Map(),
})
const entry = (resource: One | null, method: 'POST' | 'PUT' = 'POST') => ({ resource, method })
const index = (...entries: ReturnType<typeof entry>[]) =>
  indexReferences<One, ReturnType<typeof entry>>(entries)

const onA = one('Patient', '1', 'https://a.example/fhir/Patient/1')
const about = (fullUrl: string | null) => one('Observation', 'o', fullUrl)

test.each([
  ['https://a.example/fhir/Patient/1', null, true],
  ['https://a.example/fhir/Patient/1/_history/2', null, true],
  ['https://b.example/fhir/Patient/1', null, false],
  ['Patient/1', 'https://a.example/fhir/Observation/o', true],
  ['Patient/1', 'https://b.example/fhir/Observation/o', false],
  ['Patient/1', 'urn:uuid:o', true],
  ['Patient/2', null, false],
])('%s in a resource at %s resolves: %s', (to, from, isFound) => {
  const { byReference } = index(entry(onA))
  expect(findReferenced(to, about(from), byReference)).toBe(isFound ? onA : null)
})

test('a fragment leads to a contained resource', () => {
  const inner = one('Patient', 'p')
  const outer = { ...about(null), containedById: new Map([['p', inner]]) }
  expect(findReferenced('#p', outer, new Map())).toBe(inner)
  expect(findReferenced('#q', outer, new Map())).toBeNull()
})

test.each([
  ['the same fullUrl', one('Basic', null, 'urn:uuid:1'), one('Basic', null, 'urn:uuid:1'), 1],
  ['the type and id of the other as fullUrl', one('Basic', 'b'), one('Basic', null, 'Basic/b'), 1],
  ['the same type and id', one('Basic', 'b'), one('Basic', 'b'), 1],
  ['the same type and id, at two addresses', one('Basic', 'b', 'u:1'), one('Basic', 'b', 'u:2'), 0],
  ['Patients at two addresses', one('Patient', 'b', 'u:1'), one('Patient', 'b', 'u:2'), 1],
])('two entries with %s: %# duplicates', (_, first, second, count) => {
  expect(index(entry(first), entry(second)).duplicates).toHaveLength(count)
})

test('two updates of one resource are duplicates; two resources with the same type and id are ambiguous', () => {
  const [first, second] = [one('Basic', 'b', 'u:1'), one('Basic', 'b', 'u:2')]
  expect(index(entry(first, 'PUT'), entry(second, 'PUT')).duplicates).toHaveLength(1)
  const { byReference } = index(entry(first), entry(second))
  expect([...byReference.keys()]).toEqual(['u:1', 'u:2'])
})

test.each([
  ['Patient?identifier=s|1', { system: 's', value: '1' }],
  ['Patient?identifier=|1', null],
  ['Patient?identifier=s|1&active=true', null],
  ['Patient?family=Ng', null],
  ['Group?identifier=s|1', null],
])('the identifier of %s', (reference, identifier) => {
  expect(identifierCondition(reference, 'Patient')).toEqual(identifier)
})

test.each([
  ['Patient/1', 'Patient'],
  ['https://a.example/fhir/Group/1', 'Group'],
  ['Patient?identifier=s|1', 'Patient'],
  ['urn:uuid:1', null],
])('the type in %s', (reference, type) => {
  expect(typeInReference(reference)).toBe(type)
})
