import { createRequire } from 'node:module'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeRecord } from './record-batch.ts'

const require = createRequire(import.meta.url)
const theirs = {
  encode: require('kafkajs/src/protocol/recordBatch/record/v0/index.js') as (record: object) => {
    buffer: Buffer
  },
  decode: require('kafkajs/src/protocol/recordBatch/record/v0/decoder.js') as (
    from: object,
    context: object,
  ) => Record<string, unknown>,
  Decoder: require('kafkajs/src/protocol/decoder.js') as new (
    buffer: Buffer,
  ) => { buffer: Buffer; offset: number; readVarIntBytes: () => Buffer },
}

const bytes = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array)),
)
const name = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .filter((text) => text !== '__proto__')
const records = fc.record({
  offsetDelta: fc.nat(),
  timestampDelta: fc.nat(1_000_000_000),
  key: fc.oneof(bytes, fc.constant(null)),
  value: fc.oneof(bytes, fc.constant(null)),
  headers: fc.dictionary(name, fc.oneof(bytes, fc.array(bytes, { minLength: 1, maxLength: 3 }))),
})

test('a record says what kafkajs reads in it', () => {
  const context = fc.record({
    firstOffset: fc.nat().map(String),
    firstTimestamp: fc.nat().map(String),
    maxTimestamp: fc.nat().map(String),
    timestampType: fc.nat(1),
    isControlBatch: fc.boolean(),
    magicByte: fc.constant(2),
  })
  fc.assert(
    fc.property(records, context, (record, batch) => {
      const body = new theirs.Decoder(theirs.encode(record).buffer).readVarIntBytes()
      expect({ ...decodeRecord({ buffer: body, offset: 0 }, batch) }).toEqual(
        theirs.decode(new theirs.Decoder(body), batch),
      )
    }),
    { numRuns: 1_000 },
  )
})
