import { partitionOf } from '@tideway/kafka/murmur2'
import { expect, test } from 'vitest'
import { allCaughtUp } from './caught-up.fixture.ts'
import { judgeLine, type LineView, nothingSeen } from './line-view.ts'
import { stateOf } from './reasons.ts'

const now = 1_000_000
const keys = ['RJZ|1']
const own = partitionOf('RJZ|1', 4)
const alone = { keys, isPerson: false }
const person = { keys, isPerson: true }

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
  expect(judgeLine(allCaughtUp(now), person, now + 3_900)).toEqual({
    reasons: [],
    shownUpTo: now,
  })
})

test('the own partition matters, others only to a person, whom anyone may join', () => {
  const behind = lagging('patientEvents', own, now - 5_000)
  for (const needed of [alone, person])
    expect(judgeLine(behind, needed, now)).toEqual({
      reasons: ['projection-behind'],
      shownUpTo: now - 5_000,
    })
  const elsewhere = lagging('patientEvents', (own + 1) % 4, now - 5_000)
  expect(judgeLine(elsewhere, alone, now)).toEqual({ reasons: [], shownUpTo: now })
  expect(judgeLine(elsewhere, person, now).reasons).toEqual(['projection-behind'])
})

test('any partition of the ledger matters to all', () => {
  for (const topic of ['rawMessages', 'parkedMessages'] as const)
    for (const at of [now - 5_000, null])
      expect(judgeLine(lagging(topic, 3, at), alone, now)).toEqual({
        reasons: ['ledger-behind'],
        shownUpTo: at,
      })
})

test('what only another clock tells is shown, and proves nothing', () => {
  expect(judgeLine(lagging('patientEvents', own, null, now), alone, now)).toEqual({
    reasons: ['projection-behind'],
    shownUpTo: now,
  })
})

test('a partition never seen whole is behind, and no time is claimed', () => {
  expect(judgeLine(lagging('patientEvents', own, null), alone, now)).toEqual({
    reasons: ['projection-behind'],
    shownUpTo: null,
  })
})

test('without a look for seconds nothing is known; before the first, nothing at all', () => {
  const late = judgeLine(allCaughtUp(now - 5_000), person, now)
  expect(late).toEqual({ reasons: ['log-not-reachable'], shownUpTo: now - 5_000 })
  expect(stateOf(late.reasons)).toBe('unknown')
  expect(judgeLine(nothingSeen, person, now)).toEqual({
    reasons: ['store-not-of-log', 'log-not-reachable'],
    shownUpTo: null,
  })
})

test('documents of another log claim nothing', () => {
  for (const belongs of ['no', 'unknown'] as const)
    expect(judgeLine({ ...allCaughtUp(now), belongs }, person, now)).toEqual({
      reasons: ['store-not-of-log'],
      shownUpTo: null,
    })
})
