import { createRequire } from 'node:module'
import { enabled } from './enabled.ts'
import { byPartition } from './group-by-partition.ts'
import { type Envelope, encodeProduce, type Produce } from './produce-request.ts'
import { type BatchContext, decodeRecord } from './record-batch.ts'
import { type RequestQueue, sleepingWhenIdle } from './request-queue.ts'

const require = createRequire(import.meta.url)

type Request = { apiVersion: number; produce?: Produce }
type ToEncode = Omit<Envelope, 'apiVersion'> & { request: Request }

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
 * Importing this, before kafkajs, makes kafkajs use our encoding of what it sends, our decoding of
 * records, and our grouping, instead of its own; everything around them stays its own. It copies
 * all messages of a send for each of them; for the rest see `encodeProduce`. Tests hold one against
 * the other, byte for byte.
 */
const on = enabled.kafkajs
if (on.has('record-decoder'))
  replace(
    'protocol/recordBatch/record/v0/decoder.js',
    () => (from: { buffer: Buffer; offset: number }, context: BatchContext) =>
      decodeRecord(from, context),
  )
if (on.has('produce-request')) {
  replace<(produce: Produce) => Request>(
    'protocol/requests/produce/v3/request.js',
    (theirs) => (produce: Produce) => ({ ...theirs(produce), produce }),
  )
  replace<(of: ToEncode) => Promise<unknown>>(
    'protocol/request.js',
    (theirs) => async (of: ToEncode) => {
      const { request, ...envelope } = of
      return request.produce === undefined
        ? theirs(of)
        : asEncoder(encodeProduce(request.produce, { ...envelope, apiVersion: request.apiVersion }))
    },
  )
}
if (on.has('grouping')) replace('producer/groupMessagesPerPartition.js', () => byPartition)
if (on.has('idle-timer'))
  sleepingWhenIdle(
    (require('kafkajs/src/network/requestQueue/index.js') as { prototype: RequestQueue }).prototype,
  )
