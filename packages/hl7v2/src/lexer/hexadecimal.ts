import { decodeBytes } from './character-set.ts'
import { hasControls } from '@tideway/xml/control-characters'

/**
 * Text of the bytes of an `\X..\` escape sequence, in the character set of the message. Some
 * senders write UTF-16 code units instead (`\X000D\`, `\X00410042\`): whole pairs that would
 * otherwise hold a zero or another control byte.
 *
 * @returns null if these are no hexadecimal bytes
 */
export const hexadecimalText = (digits: string, characterSet: string): string | null => {
  if (!/^(?:[0-9A-Fa-f]{2})+$/.test(digits)) return null
  const bytes = Buffer.from(digits, 'hex')
  const text = decodeBytes(bytes, characterSet)
  if (bytes.length % 2 !== 0 || !hasControls(text)) return text
  return new TextDecoder(zeros(bytes, 1) > zeros(bytes, 0) ? 'utf-16le' : 'utf-16be').decode(bytes)
}

/** Zero bytes at even (0) or odd (1) places: the high bytes of Latin text. */
const zeros = (bytes: Buffer, from: 0 | 1): number =>
  bytes.filter((byte, index) => byte === 0 && index % 2 === from).length
