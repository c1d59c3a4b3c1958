import { expect, test } from 'vitest'
import { chiNumberOf } from './chi-number.ts'

test.each([
  ['a CHI number', '0101010125', '0101010125'],
  ['one of the last day of a month', '311299 0005', '3112990005'],
  ['an H&C number', '320 000 0015', '3200000015'],
])('%s is read in any spacing', (_, text, digits) => {
  expect(chiNumberOf(text)).toBe(digits)
})

test.each([
  ['an NHS number', '9434765919'],
  ['a wrong check digit', '0101010126'],
  ['a month that does not exist', '0113010125'],
  ['nine digits', '101010125'],
  ['no digits', 'UNKNOWN'],
  ['zeros', '0000000000'],
])('%s is none', (_, text) => {
  expect(chiNumberOf(text)).toBeNull()
})
