import { expect, test } from 'vitest'
import { createFlow } from './back-pressure.ts'

const counted = () => {
  let calls = 0
  const count = () => {
    calls += 1
  }
  return Object.assign(count, { calls: () => calls })
}

test('is full at its bound and wakes who waits when a quarter is free again', () => {
  const flow = createFlow(1_000, 100)
  const waiter = counted()
  flow.hold(999)
  expect(flow.isFull()).toBe(false)
  flow.hold(1)
  expect(flow.isFull()).toBe(true)
  flow.wait(waiter)
  flow.release(200)
  expect([flow.isFull(), waiter.calls()]).toEqual([true, 0])
  flow.release(100)
  expect([flow.isFull(), waiter.calls()]).toEqual([false, 1])
})

test('only a few half frames grow at once; the next may when one is done or gone', () => {
  const flow = createFlow(2_000_000, 1_000_000)
  const [first, second, third] = [counted(), counted(), counted()]
  expect([
    flow.mayGrow(60_000, third),
    flow.mayGrow(100_000, first),
    flow.mayGrow(100_000, second),
    flow.mayGrow(100_000, third),
  ]).toEqual([true, true, true, false])
  flow.wait(third)
  expect(flow.mayGrow(900_000, first)).toBe(true)
  flow.mayGrow(0, first)
  expect(third.calls()).toBe(1)
  expect(flow.mayGrow(100_000, third)).toBe(true)
  expect(flow.mayGrow(100_000, first)).toBe(false)
  flow.leave(second)
  expect(flow.mayGrow(100_000, first)).toBe(true)
})
