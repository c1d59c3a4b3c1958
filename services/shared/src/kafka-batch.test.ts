import { createRequire } from 'node:module'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byPartition, encodeBatch, murmur2, partitionOf } from './kafka-batch.ts'
import { encodeRecord } from './kafka-records.ts'

const require = createRequire(import.meta.url)
const theirBatch = (require('kafkajs/src/protocol/recordBatch/v0/index.js') as { RecordBatch: (batch: object) => Promise<{ buffer: Buffer }> }).RecordBatch
const theirMurmur2 = require('kafkajs/src/producer/partitioners/default/murmur2.js') as (key: Buffer) => number
const theirGrouping = require('kafkajs/src/producer/groupMessagesPerPartition.js') as typeof byPartition

const values = fc.array(fc.uint8Array({ maxLength: 2_000 }), { minLength: 1, maxLength: 20 })
const wide = fc.bigInt({ min: -1n, max: 2n ** 53n }).map(String)
const about = fc.record({
  firstTimestamp: fc.nat(),
  maxTimestamp: fc.nat(),
  transactional: fc.boolean(),
  producerId: wide,
  producerEpoch: fc.nat(0x7fff),
  firstSequence: fc.nat(),
  lastOffsetDelta: fc.nat(),
})

test('a batch has the bytes that kafkajs would have given it, its checksum among them', async () => {
  await fc.assert(
    fc.asyncProperty(values, about, async (some, more) => {
      const records = some.map((value, offsetDelta) => encodeRecord({ offsetDelta, key: 'RJZ|1', value: Buffer.from(value) })).map((buffer) => ({ buf: buffer, buffer }))
      expect(encodeBatch({ ...more, records }).equals((await theirBatch({ ...more, records })).buffer)).toBe(true)
    }),
    { numRuns: 300 },
  )
})

test('a key goes where every other client puts it', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (key) => {
      expect(murmur2(Buffer.from(key))).toBe(theirMurmur2(Buffer.from(key)))
    }),
    { numRuns: 2_000 },
  )
})

test('messages of a send are grouped as kafkajs would group them', () => {
  const keys = fc.array(fc.string({ maxLength: 3 }), { maxLength: 30 })
  fc.assert(
    fc.property(keys, fc.nat(5), (some, partitions) => {
      const partitioner = ({ message }: { message: { key: string } }) => partitionOf(message.key, partitions)
      const send = { topic: 'events', partitionMetadata: Array(partitions).fill({}), messages: some.map((key, index) => ({ key, value: Buffer.from([index]) })), partitioner }
      expect(byPartition(send)).toEqual(theirGrouping(send))
    }),
  )
})
