import { expect, test } from 'vitest'
import { minutesOf, minutesOfTq } from './minutes.ts'

test.each([
  ['30', 'min', '30'],
  ['30', 'MIN', '30'],
  ['90', 's', '1.5'],
  ['2', 'hr', '120'],
  ['1', 'd', '1440'],
  ['1', 'W', '10080'],
  ['0.5', 'h', '30'],
  ['30', null, null],
  ['30', 'mo', null],
  ['soon', 'min', null],
  [null, 'min', null],
])('%s %s is %s minutes', (value, unit, minutes) => {
  expect(minutesOf(value, unit)).toBe(minutes)
})

test.each([
  ['M30', '30'],
  ['H2', '120'],
  ['S90', '1.5'],
  ['30', null],
  ['2 hours', null],
  ['L6', null],
  [null, null],
])('TQ-3 %s is %s minutes', (sent, minutes) => {
  expect(minutesOfTq(sent)).toBe(minutes)
})
