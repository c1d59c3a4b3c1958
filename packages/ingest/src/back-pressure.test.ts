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
  const backPressure = createBackPressure(1_000)
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
