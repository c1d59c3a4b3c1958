import { isAscii } from 'node:buffer'
import { isXml } from '@tideway/hl7v2/xml/is-xml'

/** The character set a message was read as; ASCII fits every set and does not count as evidence. */
export const characterSetGuess = (bytes: Buffer, readAs: string): string =>
  isAscii(bytes) ? 'ASCII only' : readAs

/**
 * How segments end. A message with both CR and lone LF has line breaks inside fields, or was
 * assembled by two systems.
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
