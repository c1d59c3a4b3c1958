import { noDifferences } from '@tideway/projector/rebuild/compare'
import { expect, test } from 'vitest'
import { differencesText, progressLine } from './report.ts'

test('progress says how much, how fast and how long', () => {
  expect(progressLine({ done: 5_000, total: 20_000 }, { done: 1_000, seconds: 4 })).toBe(
    '  25 % of 20,000 events, 1,000/s, 15 s left',
  )
  expect(progressLine({ done: 0, total: 0 }, { done: 0, seconds: 1 })).toBe(
    '  100 % of 0 events, 0/s',
  )
})

test('differences are counts and paths', () => {
  const counts = {
    ...noDifferences(),
    same: 1_200,
    differing: 2,
    paths: new Map([['data.status', 2]]),
  }
  const text = differencesText(new Map([['report', counts]]))
  expect(text).toMatch(/report +1,200 +2 +0 +0/)
  expect(text).toContain('report  data.status  2')
  expect(differencesText(new Map())).toContain('no field differs')
})
