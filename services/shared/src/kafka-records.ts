import { writeShortText } from '@tideway/schemas/short-text'

/** A record as kafkajs hands it to its encoder; `timestampDelta` in milliseconds. */
export type RecordToEncode = {
  offsetDelta?: number
  timestampDelta?: number
  key?: Buffer | string | null
  value: Buffer | string | null
  headers?: Record<string, Bytes | Bytes[]>
}

type Bytes = Buffer | string | null

/** What kafkajs passes on of a batch to each of its records. 64-bit numbers are decimal strings. */
export type BatchContext = { firstOffset: string; firstTimestamp: string; maxTimestamp: string; timestampType: number; isControlBatch: boolean; magicByte: number }

const more = 0x80
const sevenBits = 0x7f
/** Largest number whose zigzag form still fits in 32 bits. */
const largestInt = 0x3fff_ffff
const logAppendTime = 1
const absent = -1

const zigzag = (value: number): number => ((value << 1) ^ (value >> 31)) >>> 0
const sizeOfVarint = (value: number): number => {
  const unsigned = zigzag(value)
  return unsigned < 0x80 ? 1 : unsigned < 0x4000 ? 2 : unsigned < 0x20_0000 ? 3 : unsigned < 0x1000_0000 ? 4 : 5
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

const mostPerCharacter = 3
const mostOfVarint = 5
/** Room that key, value or header take at most, length included. */
const roomFor = (bytes: Bytes): number => mostOfVarint + (bytes === null ? 0 : typeof bytes === 'string' ? mostPerCharacter * bytes.length : bytes.length)

type Headers = Readonly<Record<string, Bytes | Bytes[]>>
const valuesOf = (said: Bytes | Bytes[] | undefined): readonly Bytes[] => (Array.isArray(said) ? said : [said ?? null])

const roomForHeaders = (headers: Headers): number => {
  let room = 0
  for (const name in headers) for (const value of valuesOf(headers[name])) room += roomFor(name) + roomFor(value)
  return room
}

const writeHeaders = (to: Buffer, start: number, headers: Headers): number => {
  let count = 0
  for (const name in headers) count += valuesOf(headers[name]).length
  let at = writeVarint(to, start, count)
  for (const name in headers) for (const value of valuesOf(headers[name])) at = writeBytes(to, writeText(to, at, name), value)
  return at
}

/** Where a record is put together before its size is known. */
let scratch = Buffer.allocUnsafe(65_536)

/**
 * One record of a record batch. One allocation and one copy more than its bytes need, where the encoder of kafkajs makes two a header and
 * takes ten times as long: with the headers of a CloudEvent that was a quarter of what receiving a message costs.
 *
 * @throws RangeError if the timestamp is further from the batch's than twelve days
 * @see Kafka protocol, Record (magic 2)
 */
export const encodeRecord = ({ offsetDelta = 0, timestampDelta = 0, key = null, value, headers = {} }: RecordToEncode): Buffer => {
  if (Math.abs(timestampDelta) > largestInt) throw new RangeError('timestamps of one batch too far apart')
  const room = roomFor(key) + roomFor(value) + roomForHeaders(headers) + 4 * mostOfVarint
  if (room > scratch.length) scratch = Buffer.allocUnsafe(2 * room)

  scratch[0] = 0
  let at = writeVarint(scratch, 1, timestampDelta)
  at = writeVarint(scratch, at, offsetDelta)
  at = writeBytes(scratch, at, key)
  at = writeBytes(scratch, at, value)
  at = writeHeaders(scratch, at, headers)
  const record = Buffer.allocUnsafe(sizeOfVarint(at) + at)
  scratch.copy(record, writeVarint(record, 0, at), 0, at)
  return record
}

/** Reads on from `offset`. */
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

/** For a timestamp, which may take more than 32 bits. */
const readVarlong = (from: Cursor): bigint => {
  let value = 0n
  let shift = 0n
  let byte: number
  do {
    byte = from.buffer[from.offset++] as number
    value |= BigInt(byte & sevenBits) << shift
    shift += 7n
  } while (byte >= more)
  return (value >> 1n) ^ -(value & 1n)
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
    headers[name] = before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value]
  }
  return headers
}

/** One record as kafkajs hands it on. Its headers are only read when somebody asks for them. */
export const decodeRecord = (from: Cursor, batchContext: BatchContext) => {
  const attributes = from.buffer.readInt8(from.offset++)
  const timestampDelta = readVarlong(from)
  const { timestampType, maxTimestamp, firstTimestamp, firstOffset } = batchContext
  const offset = Number(firstOffset) + readVarint(from)
  const key = readBytes(from)
  const value = readBytes(from)
  const afterValue = from.offset
  let headers: ReturnType<typeof readHeaders> | null = null
  return {
    magicByte: batchContext.magicByte,
    attributes,
    timestamp: timestampType === logAppendTime && maxTimestamp !== '' ? maxTimestamp : String(BigInt(firstTimestamp) + timestampDelta),
    offset: String(offset),
    key,
    value,
    get headers() {
      headers ??= readHeaders({ buffer: from.buffer, offset: afterValue })
      return headers
    },
    isControlRecord: batchContext.isControlBatch,
    batchContext,
  }
}
