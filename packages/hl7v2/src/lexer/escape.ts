import { isBareRtf } from '../datatypes/rtf.ts'
import type { Delimiters } from './delimiters.ts'
import { withoutControls } from '@tideway/xml/control-characters'
import { hexadecimalText } from './hexadecimal.ts'

/**
 * Decodes HL7 escape sequences; unknown or unterminated ones are kept as sent. Control characters
 * are left out, escaped or not; a line end of any kind is a line feed.
 *
 * | sequence | becomes |
 * |---|---|
 * | F, S, T, R, E, P | field, component, subcomponent, repetition, escape, truncation character |
 * | .br, .ce | line break |
 * | .sp, .sp3 | one line break, three |
 * | .sk3 | three spaces |
 * | H, N, .in, .ti, .fi, .nf | nothing: highlighting, indent and fill are not content |
 * | X0D0A | bytes in the message's character set; UTF-16 code units if those have zero bytes |
 * | C2842, M2442 | nothing: switches of the character set; after M2440 or M2442 JIS X 0208 |
 *
 * @see HL7 v2.5.1 chapter 2.7
 */
export const decodeEscapes = (
  text: string,
  delimiters: Delimiters,
  characterSet: string,
): string => {
  const { escape: mark } = delimiters
  let start = mark === '' ? -1 : text.indexOf(mark)
  if (start === -1) return withoutControls(text)
  if (isBareRtf(text)) return withoutControls(withDelimiters(text, delimiters))
  let out = ''
  let done = 0
  while (start !== -1) {
    const end = text.indexOf(mark, start + 1)
    if (end === -1) break
    const sequence = text.slice(start + 1, end)
    const meaning = meaningOf(sequence, delimiters, characterSet)
    if (meaning === null) {
      start = end
      continue
    }
    out += text.slice(done, start) + meaning
    done = end + 1
    start = text.indexOf(mark, done)
    if (!japanese.test(sequence)) continue
    const rest = text.slice(done, start === -1 ? text.length : start)
    out += fromJapanese(rest)
    done += rest.length
  }
  const decoded = done === 0 ? text : out + text.slice(done)
  return withoutControls(decoded.includes('\r') ? decoded.replaceAll(/\r\n?/g, '\n') : decoded)
}

/** Only the delimiters of the message decoded. */
const withDelimiters = (
  text: string,
  { escape: mark, field, component, repetition, subcomponent }: Delimiters,
): string =>
  Object.entries({ F: field, S: component, T: subcomponent, R: repetition, E: mark }).reduce(
    (all, [name, delimiter]) => all.replaceAll(`${mark}${name}${mark}`, delimiter),
    text,
  )

/** ISO 2022 designations of a character set: ESC and two or three more bytes. */
const switches = /^(?:C[0-9A-F]{4}|M[0-9A-F]{4}(?:[0-9A-F]{2})?)$/
/** Those of JIS X 0208, two bytes of seven bits for a character. */
const japanese = /^M244[02]$/

/** The text itself if it is no JIS. */
const fromJapanese = (text: string): string => {
  const read = new TextDecoder('iso-2022-jp').decode(Buffer.from(`\x1b$B${text}\x1b(B`, 'latin1'))
  return read.includes('\ufffd') ? text : read
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
      if (sequence[0] === 'X') return hexadecimalText(sequence.slice(1), characterSet)
      if (switches.test(sequence)) return ''
      return sequence[0] === '.' ? formatting(sequence.slice(1)) : null
  }
}

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
