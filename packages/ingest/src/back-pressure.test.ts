import { expect, test } from 'vitest'
import { createBackPressure } from './back-pressure.ts'

const counted = () => {
  let calls = 0
  const count = () => {
    calls += 1
  }
  return Object.assign(count, { calls: () => calls })
}

test('is full at its limit and wakes waiters once a quarter is free again', () => {
  const backPressure = createBackPressure(1_000, 100)
  const waiter = counted()
  backPressure.hold(999)
  expect(backPressure.isFull()).toBe(false)
  backPressure.hold(1)
  expect(backPressure.isFull()).toBe(true)
  backPressure.wait(waiter)
  backPressure.release(200)
  expect([backPressure.isFull(), waiter.calls()]).toEqual([true, 0])
  backPressure.release(100)
  expect([backPressure.isFull(), waiter.calls()]).toEqual([false, 1])
})

test('only a few unfinished frames grow at once; another may once one is complete or dropped', () => {
  const backPressure = createBackPressure(2_000_000, 1_000_000)
  const [first, second, third] = [counted(), counted(), counted()]
  expect([
    backPressure.mayGrow(60_000, third),
    backPressure.mayGrow(100_000, first),
    backPressure.mayGrow(100_000, second),
    backPressure.mayGrow(100_000, third),
  ]).toEqual([true, true, true, false])
  backPressure.wait(third)
  expect(backPressure.mayGrow(900_000, first)).toBe(true)
  backPressure.mayGrow(0, first)
  expect(third.calls()).toBe(1)
  expect(backPressure.mayGrow(100_000, third)).toBe(true)
  expect(backPressure.mayGrow(100_000, first)).toBe(false)
  backPressure.leave(second)
  expect(backPressure.mayGrow(100_000, first)).toBe(true)
})
