import { createRequire } from 'node:module'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byPartition, murmur2, partitionOf } from './group-by-partition.ts'

const require = createRequire(import.meta.url)
const theirMurmur2 = require('kafkajs/src/producer/partitioners/default/murmur2.js') as (
  key: Buffer,
) => number
const theirGrouping =
  require('kafkajs/src/producer/groupMessagesPerPartition.js') as typeof byPartition

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
      const partitioner = ({ message }: { message: { key: string } }) =>
        partitionOf(message.key, partitions)
      const send = {
        topic: 'events',
        partitionMetadata: Array(partitions).fill({}),
        messages: some.map((key, index) => ({ key, value: Buffer.from([index]) })),
        partitioner,
      }
      expect(byPartition(send)).toEqual(theirGrouping(send))
    }),
  )
})
