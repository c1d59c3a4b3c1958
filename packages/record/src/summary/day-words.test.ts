import { expect, test } from 'vitest'
import { dayWords } from './day-words.ts'

test.each([
  ['2026-11-27', '27-Nov-2026'],
  ['2026-11-27T23:30:00+01:00', '27-Nov-2026'],
  ['2026-02', 'Feb-2026'],
  ['2026', '2026'],
  ['2026-13-01', '2026-13-01'],
  ['last winter', 'last winter'],
])('%s is %s', (time, words) => {
  expect(dayWords(time)).toBe(words)
})
