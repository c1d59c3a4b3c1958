import { createRequire } from 'node:module'
import { afterEach, expect, test, vi } from 'vitest'
import './install-kafkajs.ts'
import type { RequestQueue } from './request-queue.ts'

/** The queue of kafkajs as `install-kafkajs` changes it. */
const require = createRequire(import.meta.url)
type Queue = RequestQueue & {
  push: (request: object) => void
  maybeThrottle: (ms: number) => void
  checkPendingRequests: () => void
  fulfillRequest: (answer: object) => void
  destroy: () => void
}
const Queue = require('kafkajs/src/network/requestQueue/index.js') as new (options: object) => Queue
const silent = { debug: () => undefined }

const open = (maxInFlightRequests: number | null) =>
  new Queue({
    maxInFlightRequests,
    requestTimeout: 1_000,
    enforceRequestTimeout: false,
    clientId: 'test',
    broker: 'test',
    logger: silent,
  })
const sent: number[] = []
const request = (correlationId: number) => ({
  entry: { correlationId, resolve: () => undefined, reject: () => undefined },
  expectResponse: true,
  requestTimeout: null,
  sendRequest: () => sent.push(correlationId),
})

afterEach(() => {
  vi.useRealTimers()
  sent.length = 0
})

test('an idle connection sets no timer', () => {
  vi.useFakeTimers()
  const queue = open(1)
  queue.push(request(1))
  queue.fulfillRequest({ correlationId: 1, payload: {}, size: 0 })
  expect([sent, vi.getTimerCount()]).toEqual([[1], 0])
})

test("a request that waits for another's response is sent when it arrives", () => {
  const queue = open(1)
  for (const id of [1, 2]) queue.push(request(id))
  expect(sent).toEqual([1])
  queue.fulfillRequest({ correlationId: 1, payload: {}, size: 0 })
  expect(sent).toEqual([1, 2])
  queue.destroy()
})

test('a request made while the broker throttles is sent afterwards', () => {
  vi.useFakeTimers()
  const queue = open(null)
  queue.maybeThrottle(500)
  queue.push(request(1))
  vi.advanceTimersByTime(499)
  expect(sent).toEqual([])
  vi.advanceTimersByTime(20)
  expect([sent, vi.getTimerCount()]).toEqual([[1], 0])
})
