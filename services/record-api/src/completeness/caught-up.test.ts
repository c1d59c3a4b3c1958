import fc from 'fast-check'
import { expect, test } from 'vitest'
import { followPartition } from './caught-up.ts'

test('a reading of the end counts once the documents reach it, and its time is the earlier one', () => {
  const follow = followPartition()
  expect(follow(1_000, 5, null)).toEqual({ proven: null, told: null })
  expect(follow(2_000, 8, { next: 5, through: null }).proven).toBe(1_000)
  expect(follow(3_000, 9, { next: 7, through: null }).proven).toBe(1_000)
  expect(follow(4_000, 9, { next: 9, through: null })).toEqual({ proven: 4_000, told: 4_000 })
})

test('a partition without records, or with no new ones, is whole at each look', () => {
  const empty = followPartition()
  expect(empty(1_000, 0, null).proven).toBe(1_000)
  const quiet = followPartition()
  expect([1_000, 2_000, 3_000].map((at) => quiet(at, 4, { next: 4, through: 500 }).proven)).toEqual(
    [1_000, 2_000, 3_000],
  )
})

test('while it lags after a restart, the last record applied says up to when, and proves nothing', () => {
  const follow = followPartition()
  const told = (at: number, through: number) => follow(at, 100, { next: 40, through })
  expect(told(10_000, 7_000)).toEqual({ proven: null, told: 7_000 })
  expect(told(11_000, 99_000)).toEqual({ proven: null, told: 11_000 })
  expect(follow(12_000, 140, { next: 100, through: 99_000 })).toEqual({
    proven: 11_000,
    told: 11_000,
  })
})

test('whatever lags, everything acknowledged before the time it gives is in the documents', () => {
  const step = fc.record({
    acknowledged: fc.nat(3),
    applied: fc.nat(4),
    looks: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 800 }), (steps) => {
      const follow = followPartition()
      /** When each record was acknowledged. */
      const log: number[] = []
      let next = 0
      for (const [now, { acknowledged, applied, looks }] of steps.entries()) {
        const end = log.length
        for (let count = 0; count < acknowledged; count += 1) log.push(now)
        next = Math.min(log.length, next + applied)
        if (!looks) continue
        const upTo = follow(now, end, { next, through: null }).proven
        if (upTo === null) continue
        expect(log.findIndex((at, offset) => at < upTo && offset >= next)).toBe(-1)
      }
    }),
  )
})
