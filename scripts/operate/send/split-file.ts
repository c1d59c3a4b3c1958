import { peek } from '../../measure/load/peek.ts'

const lineEnd = /[\r\n]/
/** MLLP frame bytes; 0x1C not followed by CR may be data. */
const isFrame = (text: string, at: number): boolean =>
  text[at] === '\x0b' || (text[at] === '\x1c' && (text[at + 1] ?? '\r') === '\r')
const endsLine = (text: string, at: number): boolean =>
  lineEnd.test(text[at] as string) || isFrame(text, at)
const endOfLine = (text: string, from: number): number => {
  let at = from
  while (at < text.length && !endsLine(text, at)) at += 1
  return at
}
const batchLines = ['FHS', 'BHS', 'BTS', 'FTS']

/**
 * The messages of a file: one, several in sequence, in MLLP frames, or in a batch (FHS, BHS), whose
 * own segments belong to no message. Bytes are not changed; only what is between messages is
 * dropped.
 *
 * @returns the whole file if nothing in it looks like a message, so that the receiver's answer
 *   shows
 * @see HL7 v2.5.1 chapter 2.10.3, batch protocol
 */
export const splitFile = (bytes: Buffer): Buffer[] => {
  const text = bytes.toString('latin1')
  const messages: Buffer[] = []
  let start = -1
  const finish = (end: number) => {
    if (start !== -1) messages.push(bytes.subarray(start, end))
    start = -1
  }
  for (let at = 0; at < text.length; ) {
    const name = text.slice(at, at + 3)
    if (name === 'MSH' || batchLines.includes(name)) finish(at)
    if (name === 'MSH') start = at
    at = endOfLine(text, at)
    for (; at < text.length && endsLine(text, at); at += 1) if (isFrame(text, at)) finish(at)
  }
  finish(bytes.length)
  return messages.length > 0 ? messages : [bytes]
}

/** MSH-10 as sent; empty if it cannot be read. */
export const controlIdIn = (message: Buffer): string => peek(message)?.controlId ?? ''

/** MSH-9.1 and MSH-9.2 as sent, e.g. `ADT^A01`; empty if they cannot be read. */
export const typeIn = (message: Buffer): string => peek(message)?.type ?? ''
