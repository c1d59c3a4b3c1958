import { expect, test } from 'vitest'
import { decimalOf } from './decimal.ts'

test.each([
  ['5.1', 5.1],
  ['5,1', 5.1],
  ['-0,5', -0.5],
  ['0,125', 0.125],
  ['012,345', 12.345],
  ['1234,567', 1234.567],
  ['1,2345', 1.2345],
  ['.5', 0.5],
  ['5.', 5],
])('%s is %d', (text, number) => {
  expect(decimalOf(text)).toBe(number)
})

test.each(['1,234', '-12,345', '100,000', '1,234,567', '1.234,5', '1,2.3', ',5', '5,', 'five', ''])(
  '%s is not certain to be a number',
  (text) => {
    expect(decimalOf(text)).toBeNull()
  },
)
