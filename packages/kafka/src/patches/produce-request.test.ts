import { createRequire } from 'node:module'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { encodeProduce, type Produce } from './produce-request.ts'

const require = createRequire(import.meta.url)
const versions = require('kafkajs/src/protocol/requests/produce/index.js') as {
  protocol: (at: { version: number }) => (produce: Produce) => { request: object }
}
const theirRequest = require('kafkajs/src/protocol/request.js') as (
  of: object,
) => Promise<{ buffer: Buffer }>

beforeEach(() => void vi.useFakeTimers({ now: 1_750_000_000_000, toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme-ascii', minLength: 60, maxLength: 68 }),
)
const value = fc
  .oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.nat(20_000).map((length) => new Uint8Array(length)),
  )
  .map((bytes) => Buffer.from(bytes))
const name = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .filter((header) => header !== '__proto__')
const headers = fc.dictionary(name, text, { maxKeys: 8 })
const message = fc.record({ key: fc.option(text), value: fc.option(value), headers })
const partition = fc.record({
  partition: fc.nat(20),
  firstSequence: fc.nat(),
  messages: fc.array(message, { minLength: 1, maxLength: 70 }),
})
const produce: fc.Arbitrary<Produce> = fc.record({
  acks: fc.constantFrom(-1, 1),
  timeout: fc.nat(),
  transactionalId: fc.oneof(text, fc.constant(null)),
  producerId: fc.nat(),
  producerEpoch: fc.nat(0x7fff),
  topicData: fc.array(
    fc.record({ topic: text, partitions: fc.array(partition, { minLength: 1, maxLength: 4 }) }),
    { maxLength: 3 },
  ),
})

test('a request has the bytes that kafkajs encodes, checksums included', async () => {
  await fc.assert(
    fc.asyncProperty(
      produce,
      fc.constantFrom(3, 5, 7),
      fc.nat(),
      text,
      async (sent, apiVersion, correlationId, clientId) => {
        const { request } = versions.protocol({ version: apiVersion })(sent)
        const original = await theirRequest({ correlationId, clientId, request })
        expect(
          encodeProduce(sent, { apiVersion, correlationId, clientId }).equals(original.buffer),
        ).toBe(true)
      },
    ),
    { numRuns: 200 },
  )
})

test('compression is rejected', () => {
  expect(() =>
    encodeProduce(
      { acks: -1, timeout: 1, compression: 1, topicData: [] },
      { apiVersion: 7, correlationId: 1, clientId: 'test' },
    ),
  ).toThrow(/not compressed/)
})
