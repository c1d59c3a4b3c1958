import { expect, test } from 'vitest'
import { parseJson } from './parse-json.ts'

const refusalOf = (text: string): string | null => {
  try {
    parseJson(Buffer.from(text))
    return null
  } catch (error) {
    return String((error as Error).message)
  }
}

test.each([
  [
    '{"resourceType":"Observation","status":"final","status":"entered-in-error"}',
    'Observation.status',
  ],
  [
    '{"status":"entered-in-error","resourceType":"Observation","status":"final"}',
    'Observation.status',
  ],
  [
    '{"resourceType":"Bundle","entry":[{},{"resource":{"id":"a","id" : "b"}}]}',
    'Bundle.entry[1].resource.id',
  ],
  [
    '{"resourceType":"Patient","name":[{"family":"A"},{"family":"A","family":"B"}]}',
    'Patient.name[1].family',
  ],
  ['{"resourceType":"Patient","\\u0069d":"a","id":"b"}', 'Patient.id'],
  ['{"resourceType":"Patient","id"\n:\t"a","id":"a"}', 'Patient.id'],
  ['{"resourceType":"Patient","resourceType":"Observation"}', 'Observation.resourceType'],
  [
    '{"resourceType":"Observation","valueQuantity":{"value":5.10,"value":51.0}}',
    'Observation.valueQuantity.value',
  ],
  ['{"resourceType":"Patient","Jo Smith":1,"Jo Smith":2}', 'Patient'],
])('%s has a member twice', (text, at) => {
  expect(refusalOf(text)).toBe(`DUPLICATE_MEMBER at ${at}`)
})

test.each([
  '{"resourceType":"Patient","id":"a","contact":[{"id":"a"},{"id":"b"}]}',
  '{"resourceType":"Patient","text":{"div":"<a b=\\"c\\":d>"},"id":"a"}',
  '{"resourceType":"Patient","id":": a","note":"\\": \\":"}',
  '{"resourceType":"Patient","id":"\\\\","_id":{"id":":"}}',
  '{"__proto__":{"a":1},"resourceType":"Patient"}',
])('%s has none', (text) => {
  expect(refusalOf(text)).toBeNull()
})

test('a member that is too deep to search is one of two', () => {
  const deep = '['.repeat(200_000) + ']'.repeat(200_000)
  expect(refusalOf(`{"resourceType":"Patient","a":${deep},"a":1}`)).toMatch(
    /^(DUPLICATE_MEMBER at Patient|NOT_JSON at body)/,
  )
})

test('a large text without duplicates is not searched twice', () => {
  const entry = Array.from({ length: 20_000 }, (_, index) => ({
    fullUrl: `urn:${index}`,
    a: ': "x":',
  }))
  const text = JSON.stringify({ resourceType: 'Bundle', entry })
  const started = performance.now()
  expect(refusalOf(text)).toBeNull()
  expect(performance.now() - started).toBeLessThan(2_000)
})
