import { expect, test } from 'vitest'
import { isPlaceholderNumber } from './placeholder-numbers.ts'

test.each([
  ...['UNKNOWN', 'unknown', ' Un-known ', 'Not known', 'N/A', 'TEMP', 'TEST', 'None', 'X', 'XXX'],
  ...['.', '-', '???', ' ', '0', '00', '0000000', '000-000', '11111', '9999999', '999 999 9999'],
  ...['12345678', '123456789', '0123456789', '1234567890', '987654321'],
])('%j names no one', (number) => {
  expect(isPlaceholderNumber(number)).toBe(true)
})

test.each([
  ...['1', '7', '11', '1111', '9999', '1234567', '7654321', '10000000', '1002003', '0000001'],
  ...['UNKNOWN123', 'TEMP0042', 'TEST1', 'T100', 'X99', 'NEWMAN', 'A0000000', '12345679', 'Ж1'],
])('%j may be the number of a patient', (number) => {
  expect(isPlaceholderNumber(number)).toBe(false)
})

test('a source may send placeholders of its own', () => {
  const own = ['A&E', 'Ohne Nummer']
  expect(['a and e', 'A & E', 'ohne-nummer'].map((one) => isPlaceholderNumber(one, own))).toEqual([
    false,
    true,
    true,
  ])
})
