import { createRequire } from 'node:module'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { partitionOf } from '../murmur2.ts'
import { groupByPartition } from './group-by-partition.ts'

const require = createRequire(import.meta.url)
const original =
  require('kafkajs/src/producer/groupMessagesPerPartition.js') as typeof groupByPartition

test('groups the messages of a send as kafkajs does', () => {
  const keys = fc.array(fc.string({ maxLength: 3 }), { maxLength: 30 })
  fc.assert(
    fc.property(keys, fc.nat(5), (some, partitions) => {
      const send = {
        topic: 'events',
        partitionMetadata: Array<object>(partitions).fill({}),
        messages: some.map((key, index) => ({ key, value: Buffer.from([index]) })),
        partitioner: ({ message }: { message: { key: string } }) =>
          partitionOf(message.key, partitions),
      }
      expect(groupByPartition(send)).toEqual(original(send))
    }),
  )
})
