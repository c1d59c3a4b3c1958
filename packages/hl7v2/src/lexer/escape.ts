import type { Delimiters } from './delimiters.ts'
import { decodeBytes } from './character-set.ts'

/**
 * Decodes HL7 escape sequences; unknown or unterminated ones are kept as sent.
 *
 * | sequence | becomes |
 * |---|---|
 * | F, S, T, R, E, P | field, component, subcomponent, repetition, escape, truncation character |
 * | .br, .ce | line break |
 * | .sp, .sp3 | one line break, three |
 * | .sk3 | three spaces |
 * | H, N, .in, .ti, .fi, .nf | nothing: highlighting, indent and fill are not content |
 * | X0D0A | bytes in the message's character set |
 *
 * @see HL7 v2.5.1 chapter 2.7
 */
export const decodeEscapes = (
  text: string,
  delimiters: Delimiters,
  characterSet: string,
): string => {
  const { escape: mark } = delimiters
  let start = text.indexOf(mark)
  if (start === -1) return text
  let out = ''
  let done = 0
  while (start !== -1) {
    const end = text.indexOf(mark, start + 1)
    if (end === -1) break
    const meaning = meaningOf(text.slice(start + 1, end), delimiters, characterSet)
    if (meaning === null) {
      start = end
      continue
    }
    out += text.slice(done, start) + meaning
    done = end + 1
    start = text.indexOf(mark, done)
  }
  return done === 0 ? text : out + text.slice(done)
}

const meaningOf = (
  sequence: string,
  delimiters: Delimiters,
  characterSet: string,
): string | null => {
  switch (sequence) {
    case 'F':
      return delimiters.field
    case 'S':
      return delimiters.component
    case 'T':
      return delimiters.subcomponent
    case 'R':
      return delimiters.repetition
    case 'E':
      return delimiters.escape
    case 'P':
      return '#'
    case 'H':
    case 'N':
      return ''
    default:
      if (sequence[0] === 'X') return hexadecimal(sequence.slice(1), characterSet)
      return sequence[0] === '.' ? formatting(sequence.slice(1)) : null
  }
}

const hexadecimal = (digits: string, characterSet: string): string | null =>
  /^(?:[0-9A-Fa-f]{2})+$/.test(digits)
    ? decodeBytes(Buffer.from(digits, 'hex'), characterSet)
    : null

/** Maximum number of breaks or spaces per sequence. */
const most = 100

const formatting = (command: string): string | null => {
  const parts = /^(br|ce|sp|sk|in|ti|fi|nf) ?([+-]?\d{0,4})$/i.exec(command)
  if (parts === null) return null
  const count = Math.min(most, Math.max(0, parts[2] === '' ? 1 : Number(parts[2])))
  switch ((parts[1] as string).toLowerCase()) {
    case 'br':
    case 'ce':
      return '\n'
    case 'sp':
      return '\n'.repeat(count)
    case 'sk':
      return ' '.repeat(count)
    default:
      return ''
  }
}
