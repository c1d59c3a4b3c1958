import { messageIdOf } from '@tideway/schemas/public-id'
import { sandboxOrganisation } from '@tideway/hl7-ingest/identify/sandbox-source'
import { peek } from '../load/peek.ts'

/**
 * One MLLP frame to send: a message, or a batch of several. `id` is the message id in the ledger.
 */
export type Frame = {
  file: string
  payload: Buffer
  messages: {
    bytes: Buffer
    type: string | null
    controlId: string
    id: string
    silent: boolean
    timed: boolean
  }[]
}

const start = 0x0b
const latin1 = (bytes: Buffer) => bytes.toString('latin1')
const message = (bytes: Buffer): Frame['messages'][number] => {
  const header = peek(bytes)
  return {
    bytes,
    type: header?.type ?? null,
    controlId: header?.controlId ?? '',
    id: messageIdOf(sandboxOrganisation(header?.source ?? null), bytes),
    silent: header?.silent ?? false,
    timed: header?.timed ?? true,
  }
}

/** Payloads of the MLLP frames in a file; the whole file if it has none. */
const unframed = (bytes: Buffer): Buffer[] => {
  if (bytes[0] !== start) return [bytes]
  return latin1(bytes)
    .split('\x0b')
    .slice(1)
    .map((part) => Buffer.from(part.split('\x1c')[0] as string, 'latin1'))
}

/**
 * Positions where a segment of that name begins: at the start (after a byte order mark or blank
 * lines) or after a segment terminator.
 */
const beginnings = (bytes: Buffer, names: string): number[] =>
  [
    ...latin1(bytes).matchAll(
      new RegExp(`(?<=^(?:\\xef\\xbb\\xbf)?\\s*|[\\r\\n])(?:${names})(?![A-Za-z0-9])`, 'g'),
    ),
  ].map((match) => match.index)

const cut = (bytes: Buffer, at: readonly number[]): Buffer[] =>
  at.map((from, index) => bytes.subarray(from, at[index + 1] ?? bytes.length))

/** The messages of a batch, without its header and trailer segments. */
export const messagesOfBatch = (batch: Buffer): Buffer[] => {
  const at = beginnings(batch, 'MSH')
  const ends = beginnings(batch, 'BHS|BTS|FHS|FTS')
  return at.map((from, index) => {
    const next = at[index + 1] ?? batch.length
    return batch.subarray(from, Math.min(next, ...ends.filter((end) => end > from)))
  })
}

const batchOf = (file: string, payload: Buffer): Frame => {
  const messages = messagesOfBatch(payload).map(message)
  return { file, payload, messages: messages.length === 0 ? [message(payload)] : messages }
}

/**
 * Splits a file into the frames that an interface engine would send: a batch (from FHS or BHS) is
 * one frame, each message outside a batch is one, and anything else is one frame unchanged.
 */
export const framesOf = (file: string, bytes: Buffer): Frame[] =>
  unframed(bytes).flatMap((payload): Frame[] => {
    const [batch] = beginnings(payload, 'FHS|BHS')
    const [first = payload.length] = beginnings(payload, 'MSH')
    if (batch !== undefined && batch < first) return [batchOf(file, payload)]
    const single = payload.subarray(0, batch ?? payload.length)
    const at = beginnings(single, 'MSH')
    const parts = at.length <= 1 ? [single] : cut(single, [0, ...at.slice(1)])
    const frames = parts.map((part) => ({ file, payload: part, messages: [message(part)] }))
    return batch === undefined ? frames : [...frames, batchOf(file, payload.subarray(batch))]
  })
