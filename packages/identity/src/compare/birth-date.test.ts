import { expect, test } from 'vitest'
import { birthDateOf, compareBirthDates } from './birth-date.ts'

test.each([
  ['exact', '1974-03-22', '1974-03-22'],
  ['exact', '1974-03-22', '1974-03-22T10:15:00+00:00'],
  ['defaultDay', '1974-01-01', '1974-01-01'],
  ['swapped', '1974-03-04', '1974-04-03'],
  ['near', '1974-03-22', '1974-03-23'],
  ['near', '1974-03-09', '1974-03-10'],
  ['near', '1974-03-22', '1975-03-22'],
  ['near', '1974-03-22', '1984-03-22'],
  ['near', '1974-03-22', '1947-03-22'.replace('1947', '1974').replace('-22', '-02')],
  ['twoOfThree', '1974-03-22', '1974-03-05'],
  ['partial', '1974', '1974-03-22'],
  ['partial', '1974-03', '1974-03-22'],
  ['partial', '1974-01-01', '1974-03-22'],
  ['missing', '1900-01-01', '1974-03-22'],
  ['missing', null, '1974-03-22'],
  ['missing', 'unknown', '1974-03-22'],
  ['different', '1974-03-22', '1981-11-02'],
  ['different', '1975', '1974-03-22'],
])('%s: %s and %s', (level, a, b) => {
  expect(compareBirthDates(birthDateOf(a), birthDateOf(b))).toBe(level)
  expect(compareBirthDates(birthDateOf(b), birthDateOf(a))).toBe(level)
})

test('father and son born on one day of the year are no slip of a digit', () => {
  expect(compareBirthDates(birthDateOf('1964-03-22'), birthDateOf('1984-03-22'))).toBe('different')
  expect(compareBirthDates(birthDateOf('1964-03-22'), birthDateOf('1994-03-22'))).toBe('different')
})
