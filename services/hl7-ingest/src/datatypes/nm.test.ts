import { expect, test } from 'vitest'
import { type Hl7Message, parse } from '@tideway/hl7v2/lexer/message'
import { numericOf, numericRangeOf, structuredNumericOf } from './nm.ts'

const message = parse('MSH|^~\\&', 'utf-8') as Hl7Message
const exact = { comparator: null, high: null, divisor: null }

test.each([
  ['6.80', { ...exact, value: 6.8 }],
  [' -.5 ', { ...exact, value: -0.5 }],
  ['<5', { ...exact, comparator: '<', value: 5 }],
  ['>= 90', { ...exact, comparator: '>=', value: 90 }],
  ['=3', { ...exact, value: 3 }],
  ['5,1', { ...exact, value: 5.1 }],
  ['<0,05', { ...exact, comparator: '<', value: 0.05 }],
])('NM %s', (sent, numeric) => expect(numericOf(sent)).toEqual(numeric))

test.each([
  ['5 mg'],
  ['1:128'],
  ['3-5'],
  ['++'],
  ['<'],
  ['1,000'],
  ['1.234,5'],
  ['<>5'],
  ['NaN'],
  ['0x10'],
  [null],
])('NM %s is not a number', (sent) => expect(numericOf(sent)).toBeNull())

test.each([
  ['^5', { ...exact, value: 5 }],
  ['<^5', { ...exact, comparator: '<', value: 5 }],
  ['=^5', { ...exact, value: 5 }],
  ['^2^-^4', { ...exact, value: 2, high: 4 }],
  ['^1^:^128', { ...exact, value: 1, divisor: 128 }],
  ['^1^/^8', { ...exact, value: 1, divisor: 8 }],
  ['<^5,1', { ...exact, comparator: '<', value: 5.1 }],
  ['^2,5^-^4,5', { ...exact, value: 2.5, high: 4.5 }],
])('SN %s', (sent, numeric) => expect(structuredNumericOf(message, sent)).toEqual(numeric))

test.each([['<>^5'], ['^2^+'], ['^2^-'], ['^^-^4'], ['^2^^4'], ['^2^.^4'], ['^two']])(
  'SN %s is not a number',
  (sent) => expect(structuredNumericOf(message, sent)).toBeNull(),
)

test('NR needs both ends', () => {
  expect(numericRangeOf(message, '3^5')).toEqual({ ...exact, value: 3, high: 5 })
  expect(numericRangeOf(message, '3')).toBeNull()
})
