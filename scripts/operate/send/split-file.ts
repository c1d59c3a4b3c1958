import { peek } from '../../measure/load/peek.ts'

const lineEnd = /[\r\n]/
/** The bytes MLLP puts around a message; 0x1C alone may be data. */
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
 * The messages of a file as senders keep them: one, several below each other, in MLLP frames, or in
 * a batch (FHS, BHS), whose own lines belong to no message. Bytes are left as they are, whatever
 * the character set; only what stands between messages goes.
 *
 * @returns the whole file where nothing in it looks like a message: the receiver shall say what
 *   it makes of that
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

/** MSH-10 as sent, for the line that is shown; empty if it cannot be told. */
export const controlIdIn = (message: Buffer): string => peek(message)?.controlId ?? ''

/** MSH-9 as message and trigger, as sent. */
export const typeIn = (message: Buffer): string => peek(message)?.type ?? ''
