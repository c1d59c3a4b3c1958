import { expect, test } from 'vitest'
import { receiveClock } from './receive-clock.ts'

test('increases strictly, also within a millisecond and when the machine clock steps back', () => {
  const times = [5, 5, 5, 4, 6]
  const clock = receiveClock(() => times.shift() as number)
  expect([clock(), clock(), clock(), clock(), clock()]).toEqual([5_000, 5_001, 5_002, 5_003, 6_000])
})

test('two processes never return the same time, and the times of each increase', () => {
  const clocks = [0, 1, 2].map((slot) => receiveClock(() => 5, { slot, of: 3 }))
  const times = Array.from({ length: 4 }, () => clocks.map((clock) => clock()))
  expect(new Set(times.flat()).size).toBe(12)
  for (const slot of [0, 1, 2])
    expect(times.map((row) => row[slot])).toEqual(times.map((row) => row[slot]).toSorted())
})
