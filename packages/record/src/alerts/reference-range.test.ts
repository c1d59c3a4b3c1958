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
