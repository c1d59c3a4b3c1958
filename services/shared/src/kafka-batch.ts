import { crc32c } from '@node-rs/crc32'

/** A batch as kafkajs hands it to its encoder: 64-bit numbers as anything `BigInt` reads, each record encoded already. */
export type BatchToEncode = {
  compression?: number
  firstOffset?: Wide
  firstTimestamp?: Wide
  maxTimestamp?: Wide
  partitionLeaderEpoch?: number
  lastOffsetDelta?: number
  transactional?: boolean
  producerId?: Wide
  producerEpoch?: number
  firstSequence?: number
  records: readonly { buffer: Buffer }[]
}

type Wide = number | string | { toString: () => string }

const magic = 2
const transactionalFlag = 0x10
/** Bytes before the length field's end, up to the checksum's end, and before the records. */
const lengthEnd = 12
const checksumEnd = 21
const headerEnd = 61

const wide = (value: Wide): bigint => BigInt(typeof value === 'object' ? value.toString() : value)

/**
 * Records of one partition with what goes before them, uncompressed, written once at its right size.
 *
 * @see Kafka protocol, Record Batch (magic 2)
 */
export const encodeBatch = (batch: BatchToEncode): Buffer => {
  const { records, firstTimestamp = Date.now() } = batch
  const bytes = Buffer.allocUnsafe(records.reduce((size, { buffer }) => size + buffer.length, headerEnd))
  bytes.writeBigInt64BE(wide(batch.firstOffset ?? 0), 0)
  bytes.writeInt32BE(bytes.length - lengthEnd, 8)
  bytes.writeInt32BE(batch.partitionLeaderEpoch ?? 0, 12)
  bytes.writeInt8(magic, 16)
  bytes.writeInt16BE(batch.transactional === true ? transactionalFlag : 0, 21)
  bytes.writeInt32BE(batch.lastOffsetDelta ?? 0, 23)
  bytes.writeBigInt64BE(wide(firstTimestamp), 27)
  bytes.writeBigInt64BE(wide(batch.maxTimestamp ?? firstTimestamp), 35)
  bytes.writeBigInt64BE(wide(batch.producerId ?? -1), 43)
  bytes.writeInt16BE(batch.producerEpoch ?? 0, 51)
  bytes.writeInt32BE(batch.firstSequence ?? 0, 53)
  bytes.writeInt32BE(records.length, 57)
  let at = headerEnd
  for (const { buffer } of records) at += buffer.copy(bytes, at)
  bytes.writeUInt32BE(crc32c(bytes.subarray(checksumEnd)), 17)
  return bytes
}

const seed = 0x9747b28c
const mix = 0x5bd1e995
const rotate = 24

/**
 * The hash that picks a key's partition, as every Kafka client has it, so that whoever writes a patient's events puts them into one partition.
 *
 * @returns a signed 32-bit number
 * @see org.apache.kafka.common.utils.Utils.murmur2
 */
export const murmur2 = (key: Buffer): number => {
  const whole = key.length & ~3
  let hash = seed ^ key.length
  for (let at = 0; at < whole; at += 4) {
    let word = Math.imul(key.readInt32LE(at), mix)
    word = Math.imul(word ^ (word >>> rotate), mix)
    hash = Math.imul(hash, mix) ^ word
  }
  const rest = key.length - whole
  if (rest === 3) hash ^= (key[whole + 2] as number) << 16
  if (rest >= 2) hash ^= (key[whole + 1] as number) << 8
  if (rest >= 1) hash = Math.imul(hash ^ (key[whole] as number), mix)
  hash = Math.imul(hash ^ (hash >>> 13), mix)
  return (hash ^ (hash >>> 15)) | 0
}

/** @param partitions  of the topic, one at least */
export const partitionOf = (key: string, partitions: number): number => (murmur2(Buffer.from(key)) & 0x7fffffff) % partitions

type Message = { key: string; value: Buffer }
type Grouping = { topic: string; partitionMetadata: readonly object[]; messages: readonly Message[]; partitioner: (of: { topic: string; partitionMetadata: readonly object[]; message: Message }) => number }

/** Messages of one topic by the partition each goes to, in order. */
export const byPartition = ({ topic, partitionMetadata, messages, partitioner }: Grouping): Record<string, Message[]> => {
  const groups: Record<string, Message[]> = {}
  for (const message of partitionMetadata.length === 0 ? [] : messages) {
    const partition = partitioner({ topic, partitionMetadata, message })
    groups[partition] ??= []
    groups[partition].push(message)
  }
  return groups
}
