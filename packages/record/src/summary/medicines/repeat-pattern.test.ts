import { expect, test } from 'vitest'
import { repeatPatternOf } from './repeat-pattern.ts'

test.each([
  ['BID', 'twice a day', ['2', '1', 'd']],
  ['tid', 'three times a day', ['3', '1', 'd']],
  ['5ID', '5 times a day', ['5', '1', 'd']],
  ['Q6H', 'every 6 hours', ['1', '6', 'h']],
  ['Q1H', 'every hour', ['1', '1', 'h']],
  ['Q30M', 'every 30 minutes', ['1', '30', 'min']],
  ['Q2D', 'every 2 days', ['1', '2', 'd']],
  ['Q4L', 'every 4 months', ['1', '4', 'mo']],
  ['QOD', 'every second day', ['1', '2', 'd']],
  ['QHS', 'every day at bedtime', ['1', '1', 'd']],
] as const)('%s is %s', (code, words, [frequency, period, ucum]) => {
  expect(repeatPatternOf(code)).toEqual({ words, times: { frequency, period, ucum } })
})

test.each([
  ['PRN', 'as needed'],
  ['Once', 'once'],
  ['C', 'continuously'],
  ['ACM', 'before breakfast'],
])('%s is %s, without a frequency', (code, words) => {
  expect(repeatPatternOf(code)).toEqual({ words, times: null })
})

test.each(['OD', 'BD', 'QD', 'Q0H', 'Q2J2', 'Q6', '0ID', '', 'constructor'])(
  '%s is in no table and stays unknown',
  (code) => {
    expect(repeatPatternOf(code)).toBeNull()
  },
)
