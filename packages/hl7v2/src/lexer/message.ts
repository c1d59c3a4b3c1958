import { isSegmentName, linesOf } from './lines.ts'
import { noTerms, type Terms, type Untranslated } from './sender-conventions.ts'
import { decodeEscapes } from './escape.ts'

/** MSH-1 and MSH-2, one character each; a sender may choose any. HL7 v2.5.1 chapter 2.5.4. */
export type Delimiters = {
  field: string
  component: string
  repetition: string
  escape: string
  subcomponent: string
}

/** One segment as sent. `fields[0]` is its name; `fields[3]` is field 3, undecoded. */
export type Segment = {
  readonly name: string
  /** Which one of that name in the message, from 1. */
  readonly nth: number
  readonly fields: readonly string[]
  readonly message: Hl7Message
  /** Where its fields begin in `message.marks`. */
  readonly base: number
}

/**
 * A message cut into segments and fields. Components are cut and escapes decoded when a value is
 * read.
 */
export type Hl7Message = {
  readonly delimiters: Delimiters
  readonly characterSet: string
  /** In the order sent; the first is MSH. */
  readonly segments: Segment[]
  /** By field: 0 not read, 1 read, 2 read and not usable. */
  marks: Uint8Array
  /** False if the text has no escape sequence at all. */
  readonly escaped: boolean
  readonly terms: Terms
  /**
   * Parts with a value that a data type's reader leaves: `PV1-7.10`, `PID-3.4.3`; `PID-15~` for
   * repetitions after the first.
   */
  readonly unusedParts: Set<string>
  /** Local codes that no table of the source translates, in the order met. */
  readonly untranslated: Untranslated[]
  /** The segment read last: where an unexpected failure happened. */
  reading: Segment | null
}

/**
 * Name of what stands where a segment should and is none; its text may be anything, so it is never
 * named by it.
 */
export const notASegment = '?'

const unread = 0
export const used = 1
export const unusable = 2

/**
 * Cuts decoded text into segments and fields. Segments end with CR, LF or CRLF; a lone LF in a
 * message that ends its segments with CR is a line break inside a field unless a segment begins
 * after it.
 *
 * @param text          begins with MSH
 * @param characterSet  what the text was decoded from; escapes in hexadecimal are in it
 * @returns null if the text does not begin with a message header
 * @see HL7 v2.5.1 chapter 2.5
 */
export const parse = (
  text: string,
  characterSet: string,
  terms: Terms = noTerms,
): Hl7Message | null => {
  const delimiters = readDelimiters(text)
  if (delimiters === null) return null
  const escaped = delimiters.escape !== '' && text.indexOf(delimiters.escape, 8) !== -1
  const rows: string[][] = []
  for (const line of linesOf(text, delimiters.field)) {
    const fields = line.split(delimiters.field)
    if (fields[0] === 'MSH') fields.splice(1, 0, delimiters.field)
    else if (!isSegmentName(fields[0] as string)) fields.unshift(notASegment)
    rows.push(fields)
  }
  return assemble(rows, delimiters, characterSet, escaped, terms)
}

/**
 * Segments to a message, whatever encoding they came in.
 *
 * @param rows     fields of each segment, undecoded; the first is its name
 * @param escaped  false if no field holds an escape sequence
 */
export const assemble = (
  rows: readonly string[][],
  delimiters: Delimiters,
  characterSet: string,
  escaped: boolean,
  terms: Terms = noTerms,
): Hl7Message => {
  const segments: Segment[] = []
  const message: Hl7Message = {
    delimiters,
    characterSet,
    segments,
    marks: new Uint8Array(0),
    escaped,
    terms,
    unusedParts: new Set(),
    untranslated: [],
    reading: null,
  }
  const counts = new Map<string, number>()
  let base = 0
  for (const fields of rows) {
    const name = fields[0] as string
    const nth = (counts.get(name) ?? 0) + 1
    counts.set(name, nth)
    segments.push({ name, nth, fields, message, base })
    base += fields.length
  }
  message.marks = Buffer.allocUnsafe(base).fill(0)
  return message
}

/** Separators from MSH-1 and MSH-2; one that MSH-2 does not give does not exist in the message. */
const readDelimiters = (text: string): Delimiters | null => {
  const field = text[3]
  if (!text.startsWith('MSH') || field === undefined || /[A-Za-z0-9\s]/.test(field)) return null
  const end = /[\r\n]/.exec(text.slice(4, 12))?.index ?? 8
  const characters = text.slice(4, 4 + end).split(field, 1)[0] as string
  return {
    field,
    component: characters[0] ?? '',
    repetition: characters[1] ?? '',
    escape: characters[2] ?? '',
    subcomponent: characters[3] ?? '',
  }
}

export const segmentOf = (message: Hl7Message, name: string): Segment | null => {
  for (const segment of message.segments) if (segment.name === name) return segment
  return null
}

/** Field as sent, undecoded; empty if not there. Marks it as used. */
export const raw = (segment: Segment, field: number): string => {
  const { message } = segment
  message.reading = segment
  const value = segment.fields[field]
  if (value === undefined || value === '') return ''
  if (message.marks[segment.base + field] === unread) message.marks[segment.base + field] = used
  return value
}

/** The field had a value that could not be used: it is listed, not dropped silently. */
export const markUnusable = (segment: Segment, field: number): void => {
  segment.message.marks[segment.base + field] = unusable
}

/** HL7's explicit null: the sender empties the field. */
export const isDeleted = (segment: Segment, field: number): boolean => raw(segment, field) === '""'

const nothing: readonly string[] = []

/** Repetitions of a field as sent, empty and deleted ones left out. */
export const repetitions = (segment: Segment, field: number): readonly string[] => {
  const value = raw(segment, field)
  if (value === '' || value === '""') return nothing
  const { repetition } = segment.message.delimiters
  if (repetition === '' || !value.includes(repetition)) return [value]
  return value.split(repetition).filter((one) => one !== '' && one !== '""')
}

export const componentsOf = (message: Hl7Message, repetition: string): readonly string[] =>
  pieces(repetition, message.delimiters.component)

export const subcomponentsOf = (
  message: Hl7Message,
  component: string | undefined,
): readonly string[] =>
  component === undefined ? nothing : pieces(component, message.delimiters.subcomponent)

/** As `split`, which takes twice as long on what has few pieces, as most values have. */
const pieces = (text: string, separator: string): readonly string[] => {
  let end = separator === '' ? -1 : text.indexOf(separator)
  if (end === -1) return [text]
  const found: string[] = []
  let from = 0
  for (; end !== -1; end = text.indexOf(separator, from)) {
    found.push(text.slice(from, end))
    from = end + 1
  }
  found.push(text.slice(from))
  return found
}

/** Nothing but blanks, which is no value. HL7 v2.5.1 chapter 2A.68, data type ST. */
export const isBlank = (text: string) => text.charCodeAt(0) <= space && text.trim() === ''
const space = 32

/**
 * Text with its escapes decoded, without blanks at its end; null if it is empty, blank or deleted.
 */
export const decoded = (message: Hl7Message, text: string | undefined): string | null => {
  if (text === undefined || text === '' || text === '""' || isBlank(text)) return null
  const kept = text.charCodeAt(text.length - 1) === space ? text.trimEnd() : text
  return message.escaped ? decodeEscapes(kept, message.delimiters, message.characterSet) : kept
}

/** First subcomponent of a component, decoded; null if empty. */
export const firstPart = (message: Hl7Message, component: string | undefined): string | null => {
  if (component === undefined || component === '') return null
  const { subcomponent } = message.delimiters
  const end = subcomponent === '' ? -1 : component.indexOf(subcomponent)
  return decoded(message, end === -1 ? component : component.slice(0, end))
}

/** First component of the first repetition of a field, decoded; null if empty or deleted. */
export const text = (segment: Segment, field: number): string | null => {
  const value = raw(segment, field)
  if (value === '') return null
  const { component, subcomponent, repetition } = segment.message.delimiters
  const first =
    repetition === '' || !value.includes(repetition) ? value : firstRepetition(segment, field)
  if (first === undefined) return null
  if (
    (component !== '' && first.includes(component)) ||
    (subcomponent !== '' && first.includes(subcomponent))
  ) {
    const components = componentsOf(segment.message, first)
    leaveUnread(segment, field, components, firstAlone)
    return firstPart(segment.message, components[0])
  }
  return decoded(segment.message, first)
}

/**
 * The first repetition that has a value, for a field that is read once; the others are listed as
 * unused.
 */
export const firstRepetition = (segment: Segment, field: number): string | undefined => {
  const all = repetitions(segment, field)
  if (all.length > 1) segment.message.unusedParts.add(`${segment.name}-${field}~`)
  return all[0]
}

/**
 * Which parts of a data type its reader takes: for each component how many of its subcomponents, 0
 * for none of it, or `hd`.
 */
export type PartsRead = readonly number[]

/**
 * A component that is an HD: its name, its universal id, and the type of that where it only names
 * its form. HL7 v2.5.1 chapter 2A.33.
 */
export const hd = -1
const universalIdForms = new Set(['ISO', 'OID', 'UUID', 'GUID', 'DNS', 'URI', 'URN'])

const firstAlone: PartsRead = [1]
export const readNothing: PartsRead = []

/** Lists the parts of one repetition that have a value and are not read. */
export const leaveUnread = (
  segment: Segment,
  field: number,
  components: readonly string[],
  read: PartsRead,
): void => {
  const { subcomponent } = segment.message.delimiters
  for (let n = 0; n < components.length; n++) {
    const component = components[n] as string
    if (component === '' || component === '""' || isBlank(component)) continue
    const taken = read[n] ?? 0
    if (taken === 0) segment.message.unusedParts.add(`${segment.name}-${field}.${n + 1}`)
    else if (subcomponent !== '' && component.includes(subcomponent))
      leaveSubcomponents(
        segment,
        `${segment.name}-${field}.${n + 1}`,
        component.split(subcomponent),
        taken,
      )
  }
}

const leaveSubcomponents = (
  segment: Segment,
  place: string,
  parts: readonly string[],
  taken: number,
): void => {
  const from = taken === hd ? (universalIdForms.has(parts[2] ?? '') ? 3 : 2) : taken
  for (let n = from; n < parts.length; n++)
    if (parts[n] !== '' && parts[n] !== '""' && !isBlank(parts[n] as string))
      segment.message.unusedParts.add(`${place}.${n + 1}`)
}

/** A field that is one text, whatever separators it holds, e.g. OBX-7; null if empty or deleted. */
export const wholeText = (segment: Segment, field: number): string | null =>
  decoded(segment.message, raw(segment, field))

/** Place of a segment, e.g. `OBR[2]`: the second of that name in the message. */
export const placeOf = (segment: Segment): string => `${segment.name}[${segment.nth}]`

/** Place of a field, e.g. `PID-3`, or `OBX[4]-5` where it is not the first of that name. */
export const fieldPlace = (segment: Segment, field: number): string =>
  `${segment.nth === 1 ? segment.name : placeOf(segment)}-${field}`
