import { createRequire } from 'node:module'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { murmur2 } from './murmur2.ts'

const require = createRequire(import.meta.url)
const original = require('kafkajs/src/producer/partitioners/default/murmur2.js') as (
  key: Buffer,
) => number

test('a key hashes as in every other Kafka client', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (key) => {
      expect(murmur2(Buffer.from(key))).toBe(original(Buffer.from(key)))
    }),
    { numRuns: 2_000 },
  )
})
