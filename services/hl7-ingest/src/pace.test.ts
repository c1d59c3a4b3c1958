import { expect, test } from 'vitest'
import { createPace } from './pace.ts'

const paced = () => {
  let now = 0
  const pace = createPace(() => now)
  return { pace, pass: (ms: number) => (now += ms), hear: (count: number) => Array.from({ length: count }, () => pace.heard({})) }
}

test('up to eight connections are served at once', () => {
  const { pace, hear } = paced()
  hear(8)
  expect(pace.apart()).toBe(0)
})

test('more connections share sends: an eighth of a millisecond each, five at most', () => {
  const { pace, hear } = paced()
  hear(32)
  expect(pace.apart()).toBe(4)
  hear(1_000)
  expect(pace.apart()).toBe(5)
})

test('one connection that sends much is one', () => {
  const { pace } = paced()
  const connection = {}
  for (let turn = 0; turn < 1_000; turn += 1) pace.heard(connection)
  expect(pace.apart()).toBe(0)
})

test('who has been silent for half a second does not count any more', () => {
  const { pace, pass, hear } = paced()
  hear(32)
  pass(300)
  hear(1)
  expect(pace.apart()).toBe(4)
  pass(600)
  expect(pace.apart()).toBe(0)
})
