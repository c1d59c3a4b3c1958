import { expect, test } from 'vitest'
import { createFrameClock } from './frame-clock.ts'

const pace = { deadlineMs: 60_000, minBytesPerSecond: 1_000 }

const timed = (bytes = 0) => {
  const frame = { bytes }
  const clock = createFrameClock(() => frame.bytes)
  clock.start(0)
  return { frame, clock }
}

test('a frame that keeps the rate ends at its deadline', () => {
  const { clock } = timed(10_000_000)
  expect(clock.overdue(60_000, pace, 5_000)).toBeNull()
  expect(clock.overdue(60_001, pace, 5_000)).toBe('deadline')
})

test('a frame below the rate has the time that it may be idle, and that of its bytes', () => {
  const { clock, frame } = timed(1)
  expect(clock.overdue(5_001, pace, 5_000)).toBeNull()
  expect(clock.overdue(5_002, pace, 5_000)).toBe('rate')
  frame.bytes = 2_000
  expect(clock.overdue(7_000, pace, 5_000)).toBeNull()
  expect(clock.overdue(7_001, pace, 5_000)).toBe('rate')
})

test('time in which it is not read does not count', () => {
  const { clock } = timed(1)
  clock.stop(1_000)
  clock.stop(2_000)
  expect(clock.overdue(90_000, pace, 5_000)).toBeNull()
  clock.resume(91_000)
  expect(clock.overdue(95_000, pace, 5_000)).toBeNull()
  expect(clock.overdue(95_002, pace, 5_000)).toBe('rate')
})

test('its pace is that of the last 300 ms; before, and while stopped, it is not slow', () => {
  const { clock, frame } = timed(1_000_000)
  frame.bytes += 90_000
  expect(clock.pace(300)).toBe(Number.POSITIVE_INFINITY)
  frame.bytes += 150
  expect(clock.pace(599)).toBe(Number.POSITIVE_INFINITY)
  expect(clock.pace(600)).toBe(500)
  expect(clock.pace(899)).toBe(500)
  clock.stop(899)
  expect(clock.pace(5_000)).toBe(Number.POSITIVE_INFINITY)
})

test('what waited to be read is no pace', () => {
  const { clock, frame } = timed(1_000_000)
  clock.pace(300)
  frame.bytes += 150
  clock.pace(600)
  clock.stop(600)
  clock.resume(5_000)
  frame.bytes += 1_000_000
  expect(clock.pace(5_300)).toBe(500)
  frame.bytes += 1_200
  expect(clock.pace(5_600)).toBe(4_000)
})
