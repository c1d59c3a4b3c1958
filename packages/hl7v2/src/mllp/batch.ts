import { beginsHeader } from './begins-header.ts'

const CR = 0x0d
const LF = 0x0a
const trailers = new Set(['BTS', 'FTS'])

export type Hl7Batch = {
  /** FHS as sent, without its segment terminator; null if the batch has none. */
  fileHeader: Buffer | null
  /** First BHS as sent; null if the file has none. */
  batchHeader: Buffer | null
  /** Each from its MSH up to the next MSH or batch segment, as sent. */
  messages: Buffer[]
  /** Sum of BTS-1; null if no trailer has it. */
  announced: number | null
}

const nameAt = (bytes: Buffer, at: number): string => bytes.toString('latin1', at, at + 3)

/**
 * End of the segment at `at`. @param byLineFeed whether a line feed alone terminates it; else it is
 * a line break in a text
 */
const endOf = (bytes: Buffer, at: number, byLineFeed: boolean): number => {
  let end = at
  while (end < bytes.length && bytes[end] !== CR && !(byLineFeed && bytes[end] === LF)) end += 1
  return end
}

/** Start of the segment after one that ends at `end`; the length of the bytes if there is none. */
const afterEnd = (bytes: Buffer, end: number): number => {
  let at = end
  while (at < bytes.length && (bytes[at] === CR || bytes[at] === LF)) at += 1
  return at
}

const countIn = (trailer: Buffer): number | null => {
  const field = trailer.toString('latin1', 4).split(trailer.toString('latin1', 3, 4))[0] ?? ''
  return /^\d{1,9}$/.test(field) ? Number(field) : null
}

/**
 * Name of the segment at `at` if it belongs to the batch protocol or starts a message; a text may
 * start with the same letters.
 */
const boundaryAt = (bytes: Buffer, at: number, separator: number | undefined): string | null => {
  if (beginsHeader(bytes, at)) return nameAt(bytes, at)
  const after = bytes[at + 3]
  return trailers.has(nameAt(bytes, at)) &&
    (after === separator || after === undefined || after === CR || after === LF)
    ? nameAt(bytes, at)
    : null
}

/** Number of leading bytes to ignore: a UTF-8 byte order mark and line ends. */
const leadOf = (bytes: Buffer): number => {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  while (bytes[at] === CR || bytes[at] === LF) at += 1
  return at
}

/**
 * Whether there is a second MSH with the same separator after a segment terminator: FHS and BHS may
 * both be omitted. A line feed alone terminates segments only if it terminates the first.
 */
const hasSecondHeader = (bytes: Buffer): boolean => {
  if (nameAt(bytes, 0) !== 'MSH') return false
  let end = 4
  while (end < bytes.length && bytes[end] !== CR && bytes[end] !== LF) end += 1
  const header = `MSH${bytes.toString('latin1', 3, 4)}`
  const ends = bytes[end] === LF ? ['\r', '\n'] : ['\r', '\r\n']
  return ends.some((one) => bytes.includes(`${one}${header}`, end, 'latin1'))
}

/**
 * Splits a batch into its messages. Anything between them is ignored.
 *
 * A line feed alone terminates the segments of a message only if it terminates its header, as in
 * `lines.ts`.
 *
 * @returns null if the bytes are a single message, or not a message
 * @see HL7 v2.5.1 chapter 2.10.3, batch protocol
 */
export const readBatch = (frame: Buffer): Hl7Batch | null => {
  const bytes = frame.subarray(leadOf(frame))
  if (!['FHS', 'BHS'].includes(nameAt(bytes, 0)) && !hasSecondHeader(bytes)) return null
  const batch: Hl7Batch = { fileHeader: null, batchHeader: null, messages: [], announced: null }
  let started: number | null = null
  let byLineFeed = true
  for (let at = 0; at < bytes.length; ) {
    const name = boundaryAt(bytes, at, bytes[3])
    const end = endOf(bytes, at, byLineFeed || name !== null)
    if (name !== null) {
      if (started !== null) batch.messages.push(bytes.subarray(started, at))
      started = name === 'MSH' ? at : null
      byLineFeed = bytes[end] === LF
      note(batch, name, bytes.subarray(at, end))
    }
    at = afterEnd(bytes, end)
  }
  if (started !== null) batch.messages.push(bytes.subarray(started))
  return batch
}

const note = (batch: Hl7Batch, name: string, segment: Buffer): void => {
  if (name === 'FHS') batch.fileHeader ??= segment
  if (name === 'BHS') batch.batchHeader ??= segment
  const count = name === 'BTS' ? countIn(segment) : null
  if (count !== null) batch.announced = (batch.announced ?? 0) + count
}

/**
 * FHS or BHS of the answer: sender and receiver exchanged, a new id, and the id it refers to
 * (FHS-12, BHS-12).
 */
const answeringHeader = (header: Buffer, id: string, at: string): Buffer => {
  const text = header.toString('latin1')
  const separator = text[3] ?? '|'
  const fields = text.split(separator)
  const field = (number: number) => fields[number - 1] ?? ''
  return Buffer.from(
    [
      text.slice(0, 3),
      field(2),
      field(5),
      field(6),
      field(3),
      field(4),
      at,
      '',
      '',
      '',
      id,
      field(11),
    ].join(separator),
    'latin1',
  )
}

/**
 * Batch of the answers to a batch, with FHS, BHS, BTS and FTS if the batch had them.
 *
 * @param answers  one for each message that requested one
 * @param id  control id of the answer
 * @param at  time, as HL7 DTM
 */
export const answerBatch = (
  batch: Hl7Batch,
  answers: readonly Buffer[],
  id: string,
  at: string,
): Buffer => {
  const separator = (batch.batchHeader ?? batch.fileHeader)?.toString('latin1', 3, 4) || '|'
  const line = (bytes: Buffer | string) => [Buffer.from(bytes), Buffer.of(CR)]
  const head = [batch.fileHeader, batch.batchHeader].flatMap((header) =>
    header === null ? [] : line(answeringHeader(header, id, at)),
  )
  const tail = [
    ...(batch.batchHeader === null ? [] : line(`BTS${separator}${answers.length}`)),
    ...(batch.fileHeader === null ? [] : line(`FTS${separator}1`)),
  ]
  return Buffer.concat([...head, ...answers, ...tail])
}
