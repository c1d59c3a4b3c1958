import { expect, test } from 'vitest'
import { receiveClock } from './clock.ts'

test('grows strictly, also within a millisecond and when the machine clock steps back', () => {
  const times = [5, 5, 5, 4, 6]
  const clock = receiveClock(() => times.shift() as number)
  expect([clock(), clock(), clock(), clock(), clock()]).toEqual([5_000, 5_001, 5_002, 5_003, 6_000])
})
