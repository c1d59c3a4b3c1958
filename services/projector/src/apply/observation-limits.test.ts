import { expect, test } from 'vitest'
import { event, observation, patient, result } from '@tideway/record/entries/histories.fixture'
import { shown, storedAfter } from './match-observation.fixture.ts'

test('a growing report stays within its limit', () => {
  const stored = storedAfter(
    Array.from({ length: 130 }, (_, n) =>
      event(
        result([observation('F', String(n), { ownReportId: `~Observation/${n}`, ownKey: 'K' })]),
        n,
      ),
    ),
    10,
  )
  expect(stored.get(`${patient}|report|R1`)?.holds).toHaveLength(100)
})

test('however often the standalone observation is reported, its report still follows it', () => {
  const named = { ownReportId: 'o1', ownKey: 'K' }
  const often = Array.from({ length: 150 }, (_, n) =>
    event(result([observation('F', String(n), named)], { reportId: 'o1' }), n + 1),
  )
  const stored = storedAfter(
    [
      event(result([observation('F', '6.9', named)]), 0),
      ...often,
      event(result([observation('D', null, named)], { reportId: 'o1' }), 200),
    ],
    10,
  )
  expect(shown(stored)).toEqual({
    R1: [['K', 'entered-in-error', null]],
    o1: [['K', 'entered-in-error', null]],
  })
})
