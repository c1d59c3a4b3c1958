import { expect, test } from 'vitest'
import { createFrameBudget, type OpenFrame } from './frame-budget.ts'

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

test('large frames share the budget, and the oldest may grow in any case', () => {
  const { frame, grow, leave, woken } = budget()
  const [first, second, third] = [
    frame(400_000, { sender: 'A' }),
    frame(400_000, { sender: 'B' }),
    frame(100_000, { sender: 'C' }),
  ]
  expect([grow(first), grow(second), grow(third)]).toEqual([true, true, true])
  third.state.bytes = 300_000
  expect([grow(third), grow(second)]).toEqual([false, false])
  first.state.bytes = 900_000
  expect(grow(first)).toBe(true)
  leave(first)
  expect([woken.times, grow(second), grow(third)]).toEqual([1, true, true])
})

test('a sender at one address has half of the budget, and one frame in any case', () => {
  const { frame, grow } = budget()
  const [first, second] = [frame(300_000), frame(300_000)]
  expect([grow(first), grow(second)]).toEqual([true, false])
  expect(grow(frame(200_000, { address: '192.0.2.8' }))).toBe(true)
  expect(grow(frame(150_000, { sender: 'RJ1' }))).toBe(true)
})

test('when the budget is exhausted, slow frames make room, the slowest first', () => {
  const { frame, grow } = budget()
  const slow = Array.from({ length: 12 }, (_, index) => frame(90_000, { pace: 100 - index }))
  for (const one of slow) one.state.pace = fast
  for (const one of slow) grow(one)
  for (const [index, one] of slow.entries()) one.state.pace = 100 - index
  const victim = frame(600_000, { sender: 'RJ1' })
  expect(grow(victim)).toBe(true)
  expect(slow.map(({ state }) => state.closed)).toEqual([null, ...Array(11).fill('slow')])
})

test('frames that are not slow are waited for; after a second, the surplus of who holds most goes', () => {
  const { frame, grow } = budget()
  const hogs = Array.from({ length: 10 }, () => frame(120_000))
  for (const hog of hogs) grow(hog)
  const victim = frame(70_000, { sender: 'RJ1' })
  expect([grow(victim, 1_000), grow(victim, 1_999)]).toEqual([false, false])
  for (let now = 2_000; !grow(victim, now); now += 1) expect(now).toBeLessThan(2_010)
  const closed = hogs.map(({ state }) => state.closed)
  expect(closed[0]).toBeNull()
  expect(closed.at(-1)).toBe('budget')
  expect(victim.state.closed).toBeNull()
})

test('the only frame of a sender is not taken from it', () => {
  const { frame, grow } = budget()
  const [first, second] = [frame(600_000, { sender: 'A' }), frame(600_000, { sender: 'B' })]
  expect([grow(first), grow(second)]).toEqual([true, false])
  expect([grow(second, 5_000), first.state.closed]).toEqual([false, null])
})

test('of frames without a known sender, one address has 32, and 512 are held in all', () => {
  const { frame, holdUnrecognised, recognised } = budget()
  const from = (address: string) => frame(10, { sender: null, address })
  const one = Array.from({ length: 33 }, () => from('192.0.2.7'))
  for (const each of one) holdUnrecognised(each)
  expect(one.map(({ state }) => state.closed)).toEqual(['unrecognised', ...Array(32).fill(null)])
  recognised(one[1] as OpenFrame)
  const others = Array.from({ length: 482 }, (_, index) => from(`198.51.100.${index}`))
  for (const each of others) holdUnrecognised(each)
  expect(others.every(({ state }) => state.closed === null)).toBe(true)
  expect(one.filter(({ state }) => state.closed !== null)).toHaveLength(2)
  expect(one[1]?.state.closed).toBeNull()
})
