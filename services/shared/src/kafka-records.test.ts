import { createRequire } from 'node:module'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeRecord, encodeRecord, type RecordToEncode } from './kafka-records.ts'

const require = createRequire(import.meta.url)
const theirs = {
  encode: require('kafkajs/src/protocol/recordBatch/record/v0/index.js') as (record: RecordToEncode) => { buffer: Buffer },
  decode: require('kafkajs/src/protocol/recordBatch/record/v0/decoder.js') as (from: object, context: object) => Record<string, unknown>,
  Decoder: require('kafkajs/src/protocol/decoder.js') as new (buffer: Buffer) => { buffer: Buffer; offset: number; readVarIntBytes: () => Buffer },
}

const bytes = fc.oneof(fc.string({ unit: 'binary' }), fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array)))
const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((text) => text !== '__proto__')
const records: fc.Arbitrary<RecordToEncode> = fc.record({
  offsetDelta: fc.nat(),
  timestampDelta: fc.nat(1_000_000_000),
  key: fc.oneof(bytes, fc.constant(null)),
  value: fc.oneof(bytes, fc.constant(null)),
  headers: fc.dictionary(name, fc.oneof(bytes, fc.array(bytes, { minLength: 1, maxLength: 3 }))),
})

test('a record has the bytes that kafkajs would have given it', () => {
  fc.assert(fc.property(records, (record) => void expect(encodeRecord(record).equals(theirs.encode(record).buffer)).toBe(true)), { numRuns: 1_000 })
})

test('a record says what kafkajs reads in it', () => {
  const context = fc.record({ firstOffset: fc.nat().map(String), firstTimestamp: fc.nat().map(String), maxTimestamp: fc.nat().map(String), timestampType: fc.nat(1), isControlBatch: fc.boolean(), magicByte: fc.constant(2) })
  fc.assert(
    fc.property(records, context, (record, batch) => {
      const body = new theirs.Decoder(encodeRecord(record)).readVarIntBytes()
      expect({ ...decodeRecord({ buffer: body, offset: 0 }, batch) }).toEqual(theirs.decode(new theirs.Decoder(body), batch))
    }),
    { numRuns: 1_000 },
  )
})

test('timestamps too far apart for one batch are refused, not written wrong', () => {
  expect(() => encodeRecord({ timestampDelta: 2 ** 31, value: null })).toThrow(RangeError)
})
