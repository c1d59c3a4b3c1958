import { type Delimiters, readDelimiters } from './delimiters.ts'
import { hasControls } from '@tideway/xml/control-characters'
import { joinContinued } from './continued-segments.ts'
import { isSegment, linesOf } from './lines.ts'
import {
  noConventions,
  type SenderConventions,
  type UntranslatedCode,
} from './sender-conventions.ts'

/** One segment as sent. `fields[0]` is its name; `fields[3]` is field 3, undecoded. */
export type Segment = {
  readonly name: string
  /** Its number among the segments of that name, from 1. */
  readonly nth: number
  readonly fields: readonly string[]
  readonly message: Hl7Message
  /** Index in `message.marks` of its first field. */
  readonly base: number
}

/**
 * A message split into segments and fields. Components are split and escapes decoded when a value
 * is read.
 */
export type Hl7Message = {
  readonly delimiters: Delimiters
  readonly characterSet: string
  /** In the order sent; the first is MSH. */
  readonly segments: Segment[]
  /** By field: `unread`, `used` or `unusable`. */
  marks: Uint8Array
  /** Whether the text has any escape sequence, or a control character that is no content. */
  readonly escaped: boolean
  conventions: SenderConventions
  /**
   * Parts with a value that no data type reader read, by the `base` of their segment: `7.10`,
   * `3.4.3`; `15~` for repetitions after the first.
   */
  readonly unusedParts: Map<number, Set<string>>
  /**
   * Places of parts that the record would have needed and that could not be used: a missing
   * segment (`OBR`), an unreadable field (`PID-7`).
   */
  readonly leftOut: Set<string>
  /** Local codes without a translation, in the order read. */
  readonly untranslated: UntranslatedCode[]
  /** Fields joined from a line after a stray line break, or from ADD; repeats included. */
  continuedFields: number
  /** The segment read last: the place of an unexpected failure. */
  reading: Segment | null
}

/** MSH as parsed from its line; `line` is empty if it did not come from one. */
export type MshFields = { line: string; fields: readonly string[] }

/**
 * Name for a line that is neither a segment nor the rest of a field: its text may be anything, so
 * it must not appear in a place.
 */
export const notASegment = '?'

export const unread = 0
export const used = 1
export const unusable = 2

/**
 * Splits decoded text into segments and fields. Segments end with CR, LF or CRLF; text after a line
 * break that begins no segment belongs to the field before it (`linesOf`).
 *
 * @param text          starts with MSH
 * @param characterSet  the text was decoded from; also used for hexadecimal escapes
 * @param msh           of this message, if already parsed
 * @returns null if the text does not start with a message header
 * @see HL7 v2.5.1 chapter 2.5
 */
export const parse = (
  text: string,
  characterSet: string,
  conventions: SenderConventions = noConventions,
  msh?: MshFields,
): Hl7Message | null => {
  const delimiters = readDelimiters(text)
  if (delimiters === null) return null
  const escaped =
    (delimiters.escape !== '' && text.indexOf(delimiters.escape, 8) !== -1) || hasControls(text)
  const rows: (readonly string[])[] = []
  const { lines, rejoined } = linesOf(text, delimiters.field)
  for (const line of lines) {
    if (rows.length === 0 && line === msh?.line) {
      rows.push(msh.fields)
      continue
    }
    const fields = line.split(delimiters.field)
    if (fields[0] === 'MSH') fields.splice(1, 0, delimiters.field)
    else if (!isSegment(fields)) fields.unshift(notASegment)
    else if (fields[0]?.length !== 3) fields[0] = (fields[0] as string).trimEnd()
    rows.push(fields)
  }
  const message = assemble(rows, delimiters, characterSet, escaped, conventions)
  message.continuedFields += rejoined
  return message
}

/**
 * Builds a message from segments of either encoding.
 *
 * @param rows     fields of each segment, undecoded; the first is its name
 * @param escaped  false if no field holds an escape sequence or a control character
 */
export const assemble = (
  rows: readonly (readonly string[])[],
  delimiters: Delimiters,
  characterSet: string,
  escaped: boolean,
  conventions: SenderConventions = noConventions,
): Hl7Message => {
  const segments: Segment[] = []
  const { joined, continued } = joinContinued(rows)
  const message: Hl7Message = {
    delimiters,
    characterSet,
    segments,
    marks: new Uint8Array(0),
    escaped,
    conventions,
    unusedParts: new Map(),
    leftOut: new Set(),
    untranslated: [],
    continuedFields: continued,
    reading: null,
  }
  const counts = new Map<string, number>()
  let base = 0
  for (const fields of joined) {
    const name = fields[0] as string
    const nth = (counts.get(name) ?? 0) + 1
    counts.set(name, nth)
    segments.push({ name, nth, fields, message, base })
    base += fields.length
  }
  message.marks = Buffer.allocUnsafe(base).fill(0)
  return message
}

export const segmentOf = (message: Hl7Message, name: string): Segment | null => {
  for (const segment of message.segments) if (segment.name === name) return segment
  return null
}

/** Place of a segment, e.g. `OBR[2]`: the second of that name in the message. */
export const placeOf = (segment: Segment): string => `${segment.name}[${segment.nth}]`

/** Place of a field, e.g. `PID-3`, or `OBX[4]-5` if it is not the first of that name. */
export const fieldPlace = (segment: Segment, field: number): string =>
  `${segment.nth === 1 ? segment.name : placeOf(segment)}-${field}`
