import { kafkajsPatches } from '../config.ts'
import { writeShortText } from './write-short-text.ts'

type Bytes = Buffer | string | null
type Headers = Readonly<Record<string, string>>
/** See `headersSharing`. */
export type EncodedHeaders = Buffer
export type RecordToEncode = {
  key: string | null
  value: Buffer | null
  headers: Headers | EncodedHeaders
}

const more = 0x80
const sevenBits = 0x7f
const absent = -1

const zigzag = (value: number): number => ((value << 1) ^ (value >> 31)) >>> 0
const sizeOfVarint = (value: number): number => {
  const unsigned = zigzag(value)
  return unsigned < 0x80
    ? 1
    : unsigned < 0x4000
      ? 2
      : unsigned < 0x20_0000
        ? 3
        : unsigned < 0x1000_0000
          ? 4
          : 5
}

const writeVarint = (to: Buffer, at: number, value: number): number => {
  let rest = zigzag(value)
  let next = at
  for (; rest >= more; rest >>>= 7) to[next++] = (rest & sevenBits) | more
  to[next++] = rest
  return next
}

const writeText = (to: Buffer, at: number, text: string): number => {
  const end = writeShortText(to, at, text)
  if (end !== -1) return end
  const start = writeVarint(to, at, Buffer.byteLength(text))
  return start + to.write(text, start)
}

const writeBytes = (to: Buffer, at: number, bytes: Bytes): number => {
  if (typeof bytes === 'string') return writeText(to, at, bytes)
  const start = writeVarint(to, at, bytes === null ? absent : bytes.length)
  return bytes === null ? start : start + bytes.copy(to, start)
}

const maxBytesPerCharacter = 3
const maxVarintBytes = 5
/** Upper bound for a key, value or header with its length, bytes. */
const roomFor = (bytes: Bytes): number =>
  maxVarintBytes +
  (bytes === null
    ? 0
    : typeof bytes === 'string'
      ? maxBytesPerCharacter * bytes.length
      : bytes.length)

const roomForHeaders = (headers: Headers): number => {
  let room = maxVarintBytes
  for (const name in headers) room += roomFor(name) + roomFor(headers[name] ?? null)
  return room
}

/** Writes headers without their count. */
const writeHeaders = (to: Buffer, start: number, headers: Headers): number => {
  let at = start
  for (const name in headers) at = writeBytes(to, writeText(to, at, name), headers[name] ?? null)
  return at
}

const countOf = (headers: Headers): number => Object.keys(headers).length

/**
 * Headers as they stand in a record, for several records that share most of theirs: what they share
 * is written once, while its texts are at hand.
 *
 * @returns all headers of a record, from those that are its own
 * @see Kafka protocol, Record (magic 2)
 */
export const headersSharing = (
  shared: Headers,
): ((own: Headers) => EncodedHeaders | Record<string, string>) => {
  if (!kafkajsPatches.has('produce-request')) return (own) => ({ ...own, ...shared })
  const room = Buffer.allocUnsafe(roomForHeaders(shared))
  const block = room.subarray(0, writeHeaders(room, 0, shared))
  const count = countOf(shared)
  return (own) => {
    const bytes = Buffer.allocUnsafe(roomForHeaders(own) + block.length)
    const at = writeHeaders(bytes, writeVarint(bytes, 0, count + countOf(own)), own)
    return bytes.subarray(0, at + block.copy(bytes, at))
  }
}

/** Upper bound for a record, bytes. */
export const roomForRecord = ({ key, value, headers }: RecordToEncode): number =>
  3 * maxVarintBytes +
  roomFor(key) +
  roomFor(value) +
  (Buffer.isBuffer(headers) ? headers.length : roomForHeaders(headers))

/** The length of most records takes two bytes. */
const usualLength = 2

/**
 * Writes one record with the timestamp of its batch.
 *
 * @param offsetDelta  its index in the batch
 * @returns the offset after it
 * @see Kafka protocol, Record (magic 2)
 */
export const writeRecord = (
  to: Buffer,
  start: number,
  { key, value, headers }: RecordToEncode,
  offsetDelta: number,
): number => {
  const body = start + usualLength
  // No attributes, and no timestamp delta.
  to[body] = 0
  to[body + 1] = 0
  let at = writeVarint(to, body + 2, offsetDelta)
  at = writeBytes(to, at, key)
  at = writeBytes(to, at, value)
  at = Buffer.isBuffer(headers)
    ? at + headers.copy(to, at)
    : writeHeaders(to, writeVarint(to, at, countOf(headers)), headers)
  const length = at - body
  const moved = sizeOfVarint(length) - usualLength
  if (moved !== 0) to.copyWithin(body + moved, body, at)
  writeVarint(to, start, length)
  return at + moved
}

/** A buffer and the offset to read from next. */
type Cursor = { buffer: Buffer; offset: number }

const readVarint = (from: Cursor): number => {
  let value = 0
  let shift = 0
  let byte: number
  do {
    byte = from.buffer[from.offset++] as number
    value |= (byte & sevenBits) << shift
    shift += 7
  } while (byte >= more)
  return (value >>> 1) ^ -(value & 1)
}

const readBytes = (from: Cursor): Buffer | null => {
  const length = readVarint(from)
  if (length === absent) return null
  const bytes = from.buffer.subarray(from.offset, from.offset + length)
  from.offset += length
  return bytes
}

const readHeaders = (from: Cursor): Record<string, Buffer | Buffer[]> => {
  const headers: Record<string, Buffer | Buffer[]> = {}
  for (let left = readVarint(from); left > 0; left -= 1) {
    const name = (readBytes(from) ?? '').toString()
    const value = readBytes(from) as Buffer
    const before = headers[name]
    headers[name] =
      before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value]
  }
  return headers
}

/** Headers that `headersSharing` encoded. */
export const decodeHeaders = (headers: EncodedHeaders) =>
  readHeaders({ buffer: headers, offset: 0 })
