import { createRequire } from 'node:module'
import { kafkajsPatches } from '../config.ts'
import { groupByPartition } from './group-by-partition.ts'
import { type Envelope, encodeProduce, type Produce } from './produce-request.ts'
import { type RequestQueue, checkOnlyWhenPending } from './request-queue.ts'

const require = createRequire(import.meta.url)

/** The version these patches were written for and tested with. */
export const patchedVersion = '2.2.4'

type Request = { apiVersion: number; produce?: Produce }
type ToEncode = Omit<Envelope, 'apiVersion'> & { request: Request }

const replace = <Original>(part: string, by: (original: Original) => unknown): void => {
  const file = require.resolve(`kafkajs/src/${part}`)
  const original = require(file) as Original
  const loaded = require.cache[file]
  if (loaded === undefined) throw new Error(`kafkajs ${patchedVersion} has no module ${part}`)
  loaded.exports = by(original)
}

/** The part of kafkajs's encoder that the connection reads. */
const asEncoder = (bytes: Buffer) => ({ buf: bytes, buffer: bytes, size: () => bytes.length })

/** kafkajs passes a request on as a function; the produce request keeps its fields beside it. */
const replaceProduceRequest = (): void => {
  replace<(produce: Produce) => Request>(
    'protocol/requests/produce/v3/request.js',
    (original) => (produce: Produce) => ({ ...original(produce), produce }),
  )
  replace<(of: ToEncode) => Promise<unknown>>(
    'protocol/request.js',
    (original) => async (of: ToEncode) => {
      const { request, ...envelope } = of
      return request.produce === undefined
        ? original(of)
        : asEncoder(encodeProduce(request.produce, { ...envelope, apiVersion: request.apiVersion }))
    },
  )
}

// Importing this before kafkajs patches it; see README.md.
if (kafkajsPatches.has('produce-request')) replaceProduceRequest()
if (kafkajsPatches.has('grouping'))
  replace('producer/groupMessagesPerPartition.js', () => groupByPartition)
if (kafkajsPatches.has('idle-timer'))
  checkOnlyWhenPending(
    (require('kafkajs/src/network/requestQueue/index.js') as { prototype: RequestQueue }).prototype,
  )
