import { createRequire } from 'node:module'
import { type BatchToEncode, byPartition, encodeBatch } from './kafka-batch.ts'
import { type BatchContext, decodeRecord, encodeRecord, type RecordToEncode } from './kafka-records.ts'
import { type RequestQueue, sleepingWhenIdle } from './kafka-request-queue.ts'

const require = createRequire(import.meta.url)

type TheirBatch = { RecordBatch: (batch: BatchToEncode) => Promise<unknown> }

const replace = <Theirs>(part: string, by: (theirs: Theirs) => unknown): void => {
  const file = require.resolve(`kafkajs/src/${part}`)
  const theirs = require(file) as Theirs
  const loaded = require.cache[file]
  if (loaded === undefined) throw new Error('kafkajs keeps its modules elsewhere')
  loaded.exports = by(theirs)
}

/** What an encoder of kafkajs looks like to the one that takes up what it wrote. */
const asEncoder = (bytes: Buffer) => ({ buf: bytes, buffer: bytes, size: () => bytes.length })

/**
 * Importing this, before kafkajs, makes kafkajs use our encoding of records and batches, and our grouping, instead of its own; everything
 * around them stays its own. It makes several buffers a header and copies all messages of a send for each of them: together
 * a third of what receiving a message cost. Tests hold one against the other, byte for byte.
 */
replace('protocol/recordBatch/record/v0/index.js', () => (record: RecordToEncode) => asEncoder(encodeRecord(record)))
replace('protocol/recordBatch/record/v0/decoder.js', () => (from: { buffer: Buffer; offset: number }, context: BatchContext) => decodeRecord(from, context))
replace<TheirBatch>('protocol/recordBatch/v0/index.js', (theirs) => ({
  ...theirs,
  RecordBatch: async (batch: BatchToEncode) => (batch.compression ? theirs.RecordBatch(batch) : asEncoder(encodeBatch(batch))),
}))
replace('producer/groupMessagesPerPartition.js', () => byPartition)

sleepingWhenIdle((require('kafkajs/src/network/requestQueue/index.js') as { prototype: RequestQueue }).prototype)
