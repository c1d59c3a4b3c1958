import { expect, test } from 'vitest'
import { createPace } from './producer-linger.ts'

const paced = () => {
  let now = 0
  const pace = createPace(() => now)
  return {
    pace,
    pass: (ms: number) => (now += ms),
    hear: (count: number) => Array.from({ length: count }, () => pace.heard({})),
  }
}

test('up to four connections are served at once', () => {
  const { pace, hear } = paced()
  hear(4)
  expect(pace.next().apartMs).toBe(0)
})

test('more connections share sends: half a millisecond each and eight at most, unless all of them wait already', () => {
  const { pace, hear } = paced()
  hear(10)
  expect(pace.next()).toEqual({ apartMs: 5, enough: 10 })
  hear(1_000)
  expect(pace.next().apartMs).toBe(8)
})

test('one connection that sends much is one', () => {
  const { pace } = paced()
  const connection = {}
  for (let turn = 0; turn < 1_000; turn += 1) pace.heard(connection)
  expect(pace.next().apartMs).toBe(0)
})

test('who has been silent for half a second does not count any more', () => {
  const { pace, pass, hear } = paced()
  hear(10)
  pass(300)
  hear(1)
  expect(pace.next().apartMs).toBe(5)
  pass(600)
  expect(pace.next().apartMs).toBe(0)
})
