import { expect, test } from 'vitest'
import { allCaughtUp } from './caught-up.fixture.ts'
import { judgeLine, type LineView, nothingSeen } from './line-view.ts'
import { stateOf } from './reasons.ts'

const now = 1_000_000

/** A view in which one partition was last whole at some time. */
const lagging = (
  topic: keyof LineView['upTo'],
  partition: number,
  at: number | null,
  told = at,
): LineView => {
  const view = allCaughtUp(now)
  return {
    ...view,
    upTo: { ...view.upTo, [topic]: view.upTo[topic].with(partition, { proven: at, told }) },
  }
}

test('a line that keeps up claims everything up to its last look', () => {
  expect(judgeLine(allCaughtUp(now), now + 3_900)).toEqual({
    reasons: [],
    shownUpTo: now,
  })
})

test('any partition of the record matters: anyone may join a person', () => {
  expect(judgeLine(lagging('patientEvents', 2, now - 5_000), now)).toEqual({
    reasons: ['projection-behind'],
    shownUpTo: now - 5_000,
  })
})

test('nothing is claimed beyond what identity has considered', () => {
  const at = now - 5_000
  const view = { ...allCaughtUp(now), identified: { proven: at, told: at } }
  expect(judgeLine(view, now)).toEqual({ reasons: ['identity-behind'], shownUpTo: at })
  const never = { ...allCaughtUp(now), identified: { proven: null, told: null } }
  expect(judgeLine(never, now)).toEqual({ reasons: ['identity-behind'], shownUpTo: null })
})

test('any partition of the ledger matters to all', () => {
  for (const topic of ['rawMessages', 'parkedMessages'] as const)
    for (const at of [now - 5_000, null])
      expect(judgeLine(lagging(topic, 3, at), now)).toEqual({
        reasons: ['ledger-behind'],
        shownUpTo: at,
      })
})

test('what only another clock tells is shown, and proves nothing', () => {
  expect(judgeLine(lagging('patientEvents', 1, null, now), now)).toEqual({
    reasons: ['projection-behind'],
    shownUpTo: now,
  })
})

test('a partition never seen whole is behind, and no time is claimed', () => {
  expect(judgeLine(lagging('patientEvents', 1, null), now)).toEqual({
    reasons: ['projection-behind'],
    shownUpTo: null,
  })
})

test('without a look for seconds nothing is known; before the first, nothing at all', () => {
  const late = judgeLine(allCaughtUp(now - 5_000), now)
  expect(late).toEqual({ reasons: ['log-not-reachable'], shownUpTo: now - 5_000 })
  expect(stateOf(late.reasons)).toBe('unknown')
  expect(judgeLine(nothingSeen, now)).toEqual({
    reasons: ['store-not-of-log', 'log-not-reachable'],
    shownUpTo: null,
  })
})

test('documents of another log claim nothing', () => {
  for (const belongs of ['no', 'unknown'] as const)
    expect(judgeLine({ ...allCaughtUp(now), belongs }, now)).toEqual({
      reasons: ['store-not-of-log'],
      shownUpTo: null,
    })
})
