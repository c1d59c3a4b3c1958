import fc from 'fast-check'
import { expect, test } from 'vitest'
import { numberKey, wordKey } from './business-key.ts'

const patient = 'RJZ|1'

test("a number of the patient's organisation stands as it is, another's behind who gave it, and words behind a mark", () => {
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
const told = fc.record({
  owner: fc.constantFrom('RJZ', 'XL1', 'RJ'),
  said: text,
  isNumber: fc.boolean(),
})

test('what differs in number, organisation or kind has another key', () => {
  const keyOf = ({ owner, said, isNumber }: { owner: string; said: string; isNumber: boolean }) =>
    (isNumber ? numberKey : wordKey)(said, owner, patient)
  fc.assert(
    fc.property(told, told, (one, other) => {
      const isSame =
        one.owner === other.owner && one.said === other.said && one.isNumber === other.isNumber
      expect(keyOf(one) === keyOf(other)).toBe(isSame)
    }),
    { numRuns: 5_000 },
  )
})

test.each(['PV1-50 X1', 'PID-18 X1', 'PV1-44 X1'])(
  'a visit number is never what another field says: %s',
  (number) => {
    expect(numberKey(number, 'RJZ', patient)).toBe(`#${number}`)
  },
)
