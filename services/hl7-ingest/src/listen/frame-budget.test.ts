import { expect, test } from 'vitest'
import { createFrameBudget } from './frame-budget.ts'
import type { OpenFrame } from './frame-order.ts'

const fast = Number.POSITIVE_INFINITY

const budget = () => {
  const woken = { times: 0 }
  const opened = createFrameBudget(1_000_000, () => {
    woken.times += 1
  })
  const frame = (
    bytes: number,
    { sender = 'RJZ' as string | null, address = '192.0.2.7', pace = fast } = {},
  ) => {
    const state = { bytes, pace, closed: null as string | null }
    const open: OpenFrame = {
      address,
      sender: () => sender,
      bytes: () => state.bytes,
      pace: () => state.pace,
      giveUp: (reason) => {
        state.closed = reason
      },
    }
    return Object.assign(open, { state })
  }
  const grow = (open: ReturnType<typeof frame>, now = 0) => opened.mayGrow(open, now)
  return { ...opened, frame, grow, woken }
}

test('a small frame may always grow', () => {
  const { frame, grow } = budget()
  const others = Array.from({ length: 20 }, () => frame(100_000))
  for (const other of others) grow(other)
  expect(grow(frame(65_536))).toBe(true)
})

/** Grows it by what a frame that waits is read further. */
const fill = ({ state }: { state: { bytes: number } }) => {
  state.bytes += 65_536
}

test('large frames share the budget by age, and the oldest may grow in any case', () => {
  const { frame, grow, leave, woken } = budget()
  const [first, second, third] = [
    frame(400_000, { sender: 'A' }),
    frame(400_000, { sender: 'B' }),
    frame(100_000, { sender: 'C' }),
  ]
  expect([grow(first), grow(second), grow(third)]).toEqual([true, true, true])
  third.state.bytes = 300_000
  grow(third)
  fill(third)
  expect([grow(third), grow(second)]).toEqual([false, true])
  first.state.bytes = 900_000
  grow(second)
  fill(second)
  expect([grow(first), grow(second)]).toEqual([true, false])
  leave(first)
  expect([woken.times, grow(second), grow(third)]).toEqual([1, true, true])
})

test('a frame that waits is read a little further', () => {
  const { frame, grow } = budget()
  const [first, second] = [frame(300_000), frame(300_000)]
  expect([grow(first), grow(second)]).toEqual([true, true])
  second.state.bytes += 65_535
  expect(grow(second)).toBe(true)
  second.state.bytes += 1
  expect(grow(second)).toBe(false)
})

test('a sender at one address has half of the budget, and one frame in any case', () => {
  const { frame, grow } = budget()
  const [first, second] = [frame(300_000), frame(300_000)]
  grow(first)
  grow(second)
  fill(second)
  expect(grow(second)).toBe(false)
  expect(grow(frame(600_000, { address: '192.0.2.8' }))).toBe(true)
  expect(grow(frame(100_000, { sender: 'RJ1' }))).toBe(true)
})

test('when the budget is exhausted, slow frames make room, the slowest first', () => {
  const { frame, grow } = budget()
  const slow = Array.from({ length: 12 }, () => frame(90_000))
  for (const one of slow) grow(one)
  for (const [index, one] of slow.entries()) one.state.pace = 100 - index
  const victim = frame(600_000, { sender: 'RJ1' })
  expect(grow(victim)).toBe(true)
  expect(slow.map(({ state }) => state.closed)).toEqual([null, ...Array(11).fill('slow')])
})

test('slow frames of the same sender make room too, and those of others stay', () => {
  const { frame, grow } = budget()
  const other = frame(90_000, { sender: 'RJ1', pace: 10 })
  const own = Array.from({ length: 5 }, () => frame(90_000, { pace: 10 }))
  const victim = frame(100_000)
  for (const one of [other, ...own]) grow(one)
  expect(grow(victim)).toBe(true)
  expect(other.state.closed).toBeNull()
  const closed = own.filter(({ state }) => state.closed === 'slow')
  expect(closed.length).toBeGreaterThan(0)
  expect(closed.length).toBeLessThan(5)
})

test('frames that are not slow are waited for; after a second, the surplus of who holds most goes', () => {
  const { frame, grow } = budget()
  const hogs = ['A', 'B'].flatMap((sender) =>
    Array.from({ length: 4 }, () => frame(120_000, { sender })),
  )
  for (const hog of hogs) grow(hog)
  const victim = frame(70_000, { sender: 'RJ1' })
  grow(victim, 1_000)
  fill(victim)
  expect([grow(victim, 1_000), grow(victim, 1_999)]).toEqual([false, false])
  expect(grow(victim, 2_000)).toBe(true)
  expect(hogs.map(({ state }) => state.closed).filter((reason) => reason !== null)).toEqual([
    'budget',
  ])
  expect(victim.state.closed).toBeNull()
})

test('the only frame of a sender is not taken from it', () => {
  const { frame, grow } = budget()
  const [first, second] = [frame(600_000, { sender: 'A' }), frame(600_000, { sender: 'B' })]
  grow(first)
  grow(second)
  fill(second)
  expect([grow(second), grow(second, 5_000), first.state.closed]).toEqual([false, false, null])
})

/** A sender that lost a slow frame at time 0, with four others of 120 KB that hold its share. */
const suspected = () => {
  const opened = budget()
  const { frame, grow } = opened
  const older = Array.from({ length: 4 }, () => frame(120_000))
  const slow = frame(90_000, { pace: 10 })
  for (const one of [...older, slow]) grow(one)
  grow(frame(100_000))
  expect(slow.state.closed).toBe('slow')
  return { ...opened, older }
}

test('of a sender that had a slow frame, new frames go first, and those that hold room lose it', () => {
  const { frame, grow, older } = suspected()
  const [first] = older as [ReturnType<typeof frame>]
  first.state.bytes = 300_000
  const victim = frame(70_000)
  expect(grow(victim, 1_000)).toBe(true)
  victim.state.bytes = 450_000
  expect(grow(victim, 1_000)).toBe(true)
  expect(first.state.closed).toBe('budget')
  expect(older.slice(1).map(({ state }) => state.closed)).toEqual([null, null, null])
  expect(victim.state.closed).toBeNull()
})

test('of such a sender, frames that deliver keep their room, and its turn among others stays', () => {
  const { frame, grow, older } = suspected()
  for (const one of older) Object.assign(one.state, { pace: 1_000_000, bytes: 110_000 })
  const other = frame(400_000, { sender: 'RJ1' })
  const victim = frame(70_000)
  expect([grow(other, 1_000), grow(victim, 1_000)]).toEqual([true, true])
  fill(victim)
  expect(grow(victim, 1_000)).toBe(false)
  expect([...older, other].map((one) => grow(one, 1_000))).toEqual(Array(5).fill(true))
  expect([...older, other].map(({ state }) => state.closed)).toEqual(Array(5).fill(null))
})

test('half a minute later it waits by age again', () => {
  const { frame, grow, older } = suspected()
  older.forEach(({ state }) => {
    state.bytes = 124_000
  })
  const victim = frame(70_000)
  expect(grow(victim, 30_000)).toBe(true)
  fill(victim)
  expect(grow(victim, 30_000)).toBe(false)
})
