import { createRequire } from 'node:module'
import { type BatchContext, decodeRecord, encodeRecord, type RecordToEncode } from './kafka-records.ts'

const require = createRequire(import.meta.url)

const replace = (part: string, by: unknown): void => {
  const file = require.resolve(`kafkajs/src/protocol/recordBatch/record/v0/${part}`)
  require(file)
  const loaded = require.cache[file]
  if (loaded === undefined) throw new Error('kafkajs keeps its modules elsewhere')
  loaded.exports = by
}

/** What an encoder of kafkajs looks like to the one that takes it up. */
const encoder = (record: RecordToEncode) => {
  const bytes = encodeRecord(record)
  return { buf: bytes, buffer: bytes }
}

/**
 * Importing this, before kafkajs, makes kafkajs use our encoding of a record instead of its own; everything around the record stays its own.
 * A test holds one against the other, byte for byte.
 */
replace('index.js', encoder)
replace('decoder.js', (from: { buffer: Buffer; offset: number }, context: BatchContext) => decodeRecord(from, context))
