import { unsaid } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { outOfRange } from './reference-range.ts'

const found = (value: number, range: string) =>
  outOfRange({
    numeric: { ...unsaid.Numeric(), value },
    range,
    unit: null,
  })

test.each([
  ['.1-.5', 0.05, 'L'],
  ['.1-.5', 0.6, 'H'],
  ['less than 5', 9, 'H'],
  ['Under 5', 5, 'H'],
  ['below 5', 4, null],
  ['greater than 60', 25, 'L'],
  ['over 60', 61, null],
  ['more than 60', 60, 'L'],
  ['above 5', 2, 'L'],
])('the range %s: %d is %s', (range, value, flag) => {
  expect(found(value, range)).toBe(flag)
})

test.each(['less than', 'Under observation 5', '5 or less than 3', '.-5'])(
  'of %s nothing is known',
  (range) => {
    expect(found(9, range)).toBeNull()
  },
)

test.each([
  ['-5.0 - 5.0', -6, 'L'],
  ['-5.0 - 5.0', 6, 'H'],
  ['-5.0 - 5.0', -4, null],
  ['-5.0-+5.0', -6, 'L'],
  ['-5.0-+5.0', 6, 'H'],
  ['(-5.0)-5.0', -6, 'L'],
  ['(-5.0) - (+5.0)', 6, 'H'],
  ['((-5.0) - (+5.0))', 6, 'H'],
  ['−5.0 — 5.0', -6, 'L'],
  ['−5.0 – −1.0', 0, 'H'],
  ['-5.0--1.0', -3, null],
  ['± 5', -6, 'L'],
  ['+/-5.0', 6, 'H'],
  ['+/-5.0', 4, null],
])('the range %s with a sign: %d is %s', (range, value, flag) => {
  expect(found(value, range)).toBe(flag)
})

test.each(['5.0 - -5.0', '± 5 - 7', '(-5.0', '- 5.0 - 5.0'])('of %s nothing is known', (range) => {
  expect(found(-9, range)).toBeNull()
})

const ofTitre = (value: string, range: string) =>
  outOfRange({ numeric: null, value, range, unit: null })

test.each([
  ['1:128', '<1:8', 'H'],
  ['1:8', '<1:8', 'H'],
  ['1:4', '<1:8', null],
  ['<1:8', '<1:8', null],
  ['>1:1024', '<1:8', 'H'],
  ['1 : 128', '< 1 : 8', 'H'],
  ['1:128', '≤1:64', 'H'],
  ['1:4', '>=1:10', 'L'],
  ['1:128', '1:8 - 1:64', 'H'],
  ['1:2', '1:8-1:64', 'L'],
  ['1:16', '1:8-1:64', null],
  ['1:128', 'less than 1:8', 'H'],
])('the titre %s of %s is %s', (value, range, flag) => {
  expect(ofTitre(value, range)).toBe(flag)
  expect(
    outOfRange({
      numeric: { ...unsaid.Numeric(), value: 1, divisor: 128 },
      value,
      range,
      unit: null,
    }),
  ).toBe(flag)
})

test.each([
  ['1:128', '<8'],
  ['128', '<1:8'],
  ['2:3', '<1:8'],
  ['1:128', '<2:8'],
  ['1:128', '1-1:8'],
  ['1:128', 'Negative <1:8'],
  ['1:128', 'Titre: <1:8'],
])('of the value %s and the range %s nothing is known', (value, range) => {
  expect(
    outOfRange({
      numeric: value === '128' ? { ...unsaid.Numeric(), value: 128 } : null,
      value,
      range,
      unit: null,
    }),
  ).toBeNull()
})
