import { isAscii } from 'node:buffer'
import { isXml } from '@tideway/hl7v2/xml/is-xml'

/** What the bytes were read as; ASCII fits every character set and says nothing. */
export const characterSetGuess = (bytes: Buffer, readAs: string): string =>
  isAscii(bytes) ? 'ASCII only' : readAs

/**
 * How segments end. A message with CR and lone LF has line breaks inside fields, or two kinds of
 * software behind it.
 */
export const segmentEnds = (bytes: Buffer): string => {
  if (isXml(bytes)) return 'XML'
  const text = bytes.toString('latin1')
  const pairs = text.split('\r\n').length - 1
  const found = [
    ['CRLF', pairs],
    ['CR', text.split('\r').length - 1 - pairs],
    ['LF', text.split('\n').length - 1 - pairs],
  ] as const
  return found.flatMap(([name, number]) => (number > 0 ? [name] : [])).join(' and ') || 'none'
}
