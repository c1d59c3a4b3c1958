import fc from 'fast-check'
import { expect, test } from 'vitest'
import { unsaid } from '@tideway/schemas/events.generated'
import {
  codeName,
  identifierKey,
  numberKey,
  resourceKey,
  statementKey,
  wordKey,
} from './business-key.ts'

const patient = 'RJZ|1'

test("a number of the patient's organisation is its own key; one of another has a prefix, and words have a mark", () => {
  expect([
    numberKey('7', 'RJZ', patient),
    numberKey('7', 'XL1', patient),
    wordKey('PEN|DRUG', 'RJZ', patient),
    wordKey('PEN|DRUG', 'XL1', patient),
  ]).toEqual(['7', 'XL1:7', '~PEN|DRUG', 'XL1:~PEN|DRUG'])
})

const text = fc.oneof(
  fc.string(),
  fc
    .array(fc.constantFrom('~', '#', 'XL1:', 'RJZ:', '|', 'PV1-50 ', '7'), { maxLength: 4 })
    .map((parts) => parts.join('')),
)
const keyed = fc.record({
  owner: fc.constantFrom('RJZ', 'XL1', 'RJ'),
  said: text,
  isNumber: fc.boolean(),
})

test('another number, organisation or form is another key', () => {
  const keyOf = ({ owner, said, isNumber }: { owner: string; said: string; isNumber: boolean }) =>
    (isNumber ? numberKey : wordKey)(said, owner, patient)
  fc.assert(
    fc.property(keyed, keyed, (one, other) => {
      const isSame =
        one.owner === other.owner && one.said === other.said && one.isNumber === other.isNumber
      expect(keyOf(one) === keyOf(other)).toBe(isSame)
    }),
    { numRuns: 5_000 },
  )
})

test.each(['PV1-50 X1', 'PID-18 X1', 'PV1-44 X1'])(
  'a visit number is never the key of another field: %s',
  (number) => {
    expect(numberKey(number, 'RJZ', patient)).toBe(`#${number}`)
  },
)

test('a number is never the entry of a later use of another number', () => {
  expect(numberKey('V1 @2026-09-01', 'RJZ', patient)).toBe('V1 \\X40\\2026-09-01')
})

const scope = { patientKey: patient, sender: 'XL1' }

test('a statement has the key of its number, else of its words', () => {
  expect(statementKey({ number: '7', owner: 'RJZ' }, ['PEN'], scope)).toBe('7')
  expect(statementKey(null, ['PEN', null, ''], scope)).toBe('XL1:~PEN||')
})

test.each([
  ['RJZ', 'https://rjz.example/id', '7'],
  [null, null, 'XL1:7'],
  [null, 'https://else.example/id', 'XL1:~https://else.example/id|7'],
])(
  'an identifier of organisation %s and system %s has the key %s',
  (organisation, authority, key) => {
    expect(identifierKey({ value: '7', organisation, authority }, scope)).toBe(key)
  },
)

test('a resource without an identifier has the key of its type and id', () => {
  expect(resourceKey('Observation', 'o1', scope)).toBe('XL1:~Observation/o1')
})

test('a code is known by its code, else its text, else the alternate', () => {
  const none = unsaid.Coded()
  expect(codeName({ ...none, code: 'C', text: 'T' })).toBe('C')
  expect(codeName({ ...none, text: 'T', alternateCode: 'A' })).toBe('T')
  expect(codeName({ ...none, alternateText: 'AT' })).toBe('AT')
  expect([codeName(none), codeName(null)]).toEqual([null, null])
})
