import { writeShortText } from './write-short-text.ts'

type Bytes = Buffer | string | null
type Headers = Readonly<Record<string, string>>
export type RecordToEncode = {
  key: string | null
  value: Buffer | null
  headers: Headers
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

const writeHeaders = (to: Buffer, start: number, headers: Headers): number => {
  const names = Object.keys(headers)
  let at = writeVarint(to, start, names.length)
  for (const name of names) at = writeBytes(to, writeText(to, at, name), headers[name] ?? null)
  return at
}

/** Upper bound for a record, bytes. */
export const roomForRecord = ({ key, value, headers }: RecordToEncode): number =>
  3 * maxVarintBytes + roomFor(key) + roomFor(value) + roomForHeaders(headers)

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
  at = writeHeaders(to, at, headers)
  const length = at - body
  const moved = sizeOfVarint(length) - usualLength
  if (moved !== 0) to.copyWithin(body + moved, body, at)
  writeVarint(to, start, length)
  return at + moved
}
