import { crc32c } from '@node-rs/crc32'
import { type RecordToEncode, roomForRecord, writeRecord } from './record-batch.ts'

type Wide = number | string | { toString: () => string }
type Partition = { partition: number; firstSequence?: number; messages: readonly RecordToEncode[] }

/** A kafkajs produce request before encoding, without timestamps and compression. */
export type Produce = {
  acks: number
  timeout: number
  transactionalId?: string | null | undefined
  producerId?: Wide
  producerEpoch?: number
  compression?: number
  topicData: readonly { topic: string; partitions: readonly Partition[] }[]
}
export type Envelope = { apiVersion: number; correlationId: number; clientId: string }

const apiKeyProduce = 0
const magic = 2
const transactionalFlag = 0x10
const none = -1
/** Offsets in a record batch: end of its length, end of its checksum, start of its records. */
const lengthEnd = 12
const checksumEnd = 21
const headEnd = 61
/** Upper bound for the numbers and lengths of a topic, a partition or the request header, bytes. */
const roomForNumbers = 32

const wide = (value: Wide): bigint => BigInt(typeof value === 'object' ? value.toString() : value)

const writeText = (to: Buffer, at: number, text: string | null): number => {
  const start = to.writeInt16BE(text === null ? none : Buffer.byteLength(text), at)
  return text === null ? start : start + to.write(text, start)
}

const roomOf = ({ topicData, transactionalId }: Produce, clientId: string): number => {
  let room = roomForNumbers + 3 * (clientId.length + (transactionalId?.length ?? 0))
  for (const { topic, partitions } of topicData) {
    room += roomForNumbers + 3 * topic.length
    for (const { messages } of partitions)
      for (const message of messages) room += roomForRecord(message)
    room += partitions.length * (roomForNumbers + headEnd)
  }
  return room
}

/** Writes the record batch of one partition. @see Kafka protocol, Record Batch (magic 2) */
const writeBatch = (
  to: Buffer,
  start: number,
  { messages, firstSequence = 0 }: Partition,
  { transactionalId, producerId = none, producerEpoch = 0 }: Produce,
): number => {
  const now = BigInt(Date.now())
  to.fill(0, start, start + headEnd)
  to[start + 16] = magic
  if (transactionalId) to.writeInt16BE(transactionalFlag, start + 21)
  to.writeInt32BE(messages.length - 1, start + 23)
  to.writeBigInt64BE(now, start + 27)
  to.writeBigInt64BE(now, start + 35)
  to.writeBigInt64BE(wide(producerId), start + 43)
  to.writeInt16BE(producerEpoch, start + 51)
  to.writeInt32BE(firstSequence, start + 53)
  to.writeInt32BE(messages.length, start + 57)
  let at = start + headEnd
  for (let index = 0; index < messages.length; index += 1)
    at = writeRecord(to, at, messages[index] as RecordToEncode, index)
  to.writeInt32BE(at - start - lengthEnd, start + 8)
  to.writeUInt32BE(crc32c(to.subarray(start + checksumEnd, at)), start + 17)
  return at
}

/**
 * Encodes a produce request into one buffer. kafkajs allocates two buffers per header and copies
 * each batch five times.
 *
 * @throws Error if compression is requested
 * @see Kafka protocol, Produce API, versions 3 to 7
 */
export const encodeProduce = (
  produce: Produce,
  { apiVersion, correlationId, clientId }: Envelope,
): Buffer => {
  if (produce.compression) throw new Error('produce requests are not compressed')
  const bytes = Buffer.allocUnsafe(roomOf(produce, clientId))
  let at = bytes.writeInt16BE(apiKeyProduce, 4)
  at = bytes.writeInt16BE(apiVersion, at)
  at = bytes.writeInt32BE(correlationId, at)
  at = writeText(bytes, at, clientId)
  at = writeText(bytes, at, produce.transactionalId ?? null)
  at = bytes.writeInt16BE(produce.acks, at)
  at = bytes.writeInt32BE(produce.timeout, at)
  at = bytes.writeInt32BE(produce.topicData.length, at)
  for (const { topic, partitions } of produce.topicData) {
    at = writeText(bytes, at, topic)
    at = bytes.writeInt32BE(partitions.length, at)
    for (const partition of partitions) {
      const batch = bytes.writeInt32BE(partition.partition, at) + 4
      at = writeBatch(bytes, batch, partition, produce)
      bytes.writeInt32BE(at - batch, batch - 4)
    }
  }
  bytes.writeInt32BE(at - 4, 0)
  return bytes.subarray(0, at)
}
