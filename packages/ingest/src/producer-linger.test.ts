import { expect, test } from 'vitest'
import { createProducerLinger } from './producer-linger.ts'

const lingerAt = () => {
  let now = 0
  const linger = createProducerLinger(() => now)
  return {
    linger,
    pass: (ms: number) => (now += ms),
    receiveFrom: (count: number) => Array.from({ length: count }, () => linger.noteMessage({})),
  }
}

test('up to four connections do not linger', () => {
  const { linger, receiveFrom } = lingerAt()
  receiveFrom(4)
  expect(linger.next().apartMs).toBe(0)
})

test('more connections share produce requests: half a millisecond each, at most eight', () => {
  const { linger, receiveFrom } = lingerAt()
  receiveFrom(10)
  expect(linger.next()).toEqual({ apartMs: 5, enough: 10 })
  receiveFrom(1_000)
  expect(linger.next().apartMs).toBe(8)
})

test('a busy connection counts once', () => {
  const { linger } = lingerAt()
  const connection = {}
  for (let turn = 0; turn < 1_000; turn += 1) linger.noteMessage(connection)
  expect(linger.next().apartMs).toBe(0)
})

test('a connection idle for half a second no longer counts', () => {
  const { linger, pass, receiveFrom } = lingerAt()
  receiveFrom(10)
  pass(300)
  receiveFrom(1)
  expect(linger.next().apartMs).toBe(5)
  pass(600)
  expect(linger.next().apartMs).toBe(0)
})
