import { expect, test } from 'vitest'
import type { OpenFrame } from './frame-order.ts'
import { createUnrecognisedFrames } from './unrecognised-frames.ts'

const from = (address: string) => {
  const state = { closed: null as string | null }
  const frame: OpenFrame = {
    address,
    sender: () => null,
    bytes: () => 10,
    pace: () => 0,
    giveUp: (reason) => {
      state.closed = reason
    },
  }
  return Object.assign(frame, { state })
}

test('one address has 32 frames, and 512 are held in all: the oldest of the busiest gives way', () => {
  const frames = createUnrecognisedFrames()
  const one = Array.from({ length: 33 }, () => from('192.0.2.7'))
  for (const each of one) {
    frames.add(each)
    frames.add(each)
  }
  expect(one.map(({ state }) => state.closed)).toEqual(['unrecognised', ...Array(32).fill(null)])
  frames.delete(one[1] as OpenFrame)
  const others = Array.from({ length: 482 }, (_, index) => from(`198.51.100.${index}`))
  for (const each of others) frames.add(each)
  expect(others.every(({ state }) => state.closed === null)).toBe(true)
  const closed = one.flatMap(({ state }, index) => (state.closed === null ? [] : [index]))
  expect(closed).toEqual([0, 2])
})
