import { expect, test } from 'vitest'
import { partitionByKey } from './client.ts'

const choose = partitionByKey()
const partitionMetadata = Array.from({ length: 12 }, (_, partitionId) => ({
  partitionErrorCode: 0,
  partitionId,
  leader: 1,
  replicas: [1],
  isr: [1],
}))
const partitionOf = (message: { key: string; partitionKey?: string }) =>
  choose({ topic: 'events', partitionMetadata, message: { ...message, value: null } })

test('a partition key replaces the key', () => {
  expect(partitionOf({ key: 'm1', partitionKey: 'RJZ' })).toBe(partitionOf({ key: 'RJZ' }))
  const partitions = ['m1', 'm2', 'm3', 'm4', 'm5'].map((key) => partitionOf({ key }))
  expect(new Set(partitions).size).toBeGreaterThan(1)
})

/** Hashes of org.apache.kafka.common.utils.UtilsTest.testMurmur2. */
test.each([
  ['21', -973_932_308],
  ['foobar', -790_332_482],
  ['a-little-bit-long-string', -985_981_536],
])('the key %s goes to the partition that the Java client chooses', (key, murmur2) => {
  expect(partitionOf({ key })).toBe((murmur2 & 0x7fffffff) % partitionMetadata.length)
})
