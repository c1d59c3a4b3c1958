import { decodeEscapes } from './values/escape.ts'

/** MSH-1 and MSH-2, one character each; a sender may choose any. HL7 v2.5.1 chapter 2.5.4. */
export type Delimiters = { field: string; component: string; repetition: string; escape: string; subcomponent: string }

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

/** A message cut into segments and fields. Components are cut and escapes decoded when a value is read. */
export type Hl7Message = {
  readonly delimiters: Delimiters
  readonly characterSet: string
  /** In the order sent; the first is MSH. */
  readonly segments: Segment[]
  /** By field: 0 not read, 1 read, 2 read and not usable. */
  marks: Uint8Array
  /** False if the text has no escape sequence at all. */
  readonly escaped: boolean
  /** The segment read last: where an unexpected failure happened. */
  reading: Segment | null
}

/** Name of what stands where a segment should and is none; its text may be anything, so it is never named by it. */
export const notASegment = '?'

const unread = 0
const used = 1
const unusable = 2

/**
 * Cuts decoded text into segments and fields. Segments end with CR, LF or CRLF; a lone LF in a message that ends its
 * segments with CR is a line break inside a field unless a segment begins after it.
 *
 * @param text          begins with MSH
 * @param characterSet  what the text was decoded from; escapes in hexadecimal are in it
 * @returns null if the text does not begin with a message header
 * @see HL7 v2.5.1 chapter 2.5
 */
export const parse = (text: string, characterSet: string): Hl7Message | null => {
  const delimiters = readDelimiters(text)
  if (delimiters === null) return null
  const segments: Segment[] = []
  const message: Hl7Message = {
    delimiters,
    characterSet,
    segments,
    marks: new Uint8Array(0),
    escaped: delimiters.escape !== '' && text.indexOf(delimiters.escape, 8) !== -1,
    reading: null,
  }
  const counts = new Map<string, number>()
  let base = 0
  for (const line of linesOf(text, delimiters.field)) {
    const fields = line.split(delimiters.field)
    const name = isSegmentName(fields[0] as string) ? (fields[0] as string) : notASegment
    if (name === 'MSH') fields.splice(1, 0, delimiters.field)
    if (name === notASegment) fields.unshift(name)
    const nth = (counts.get(name) ?? 0) + 1
    counts.set(name, nth)
    segments.push({ name, nth, fields, message, base })
    base += fields.length
  }
  message.marks = new Uint8Array(base)
  return message
}

/** Separators from MSH-1 and MSH-2; one that MSH-2 does not give does not exist in the message. */
const readDelimiters = (text: string): Delimiters | null => {
  const field = text[3]
  if (!text.startsWith('MSH') || field === undefined || /[A-Za-z0-9\s]/.test(field)) return null
  const end = /[\r\n]/.exec(text.slice(4, 12))?.index ?? 8
  const characters = text.slice(4, 4 + end).split(field, 1)[0] as string
  return { field, component: characters[0] ?? '', repetition: characters[1] ?? '', escape: characters[2] ?? '', subcomponent: characters[3] ?? '' }
}

const linesOf = (text: string, field: string): string[] => {
  if (!text.includes('\n')) return text.split('\r').filter(notBlank)
  if (!text.includes('\r')) return text.split('\n').filter(notBlank)
  const lines: string[] = []
  for (const chunk of text.replaceAll('\r\n', '\r').split('\r')) {
    let first = true
    for (const line of chunk.split('\n')) {
      if (first || beginsSegment(line, field)) lines.push(line)
      else lines[lines.length - 1] += `\n${line}`
      first = false
    }
  }
  return lines.filter(notBlank)
}

const notBlank = (line: string) => line.charCodeAt(0) > 32 || line.trim() !== ''
const beginsSegment = (line: string, field: string) => isSegmentName(line.slice(0, 3)) && (line.length === 3 || line[3] === field)

/** A capital, then two capitals or digits. */
const isSegmentName = (name: string) => name.length === 3 && isCapital(name.charCodeAt(0)) && isCapitalOrDigit(name.charCodeAt(1)) && isCapitalOrDigit(name.charCodeAt(2))
const isCapital = (code: number) => code >= 65 && code <= 90
const isCapitalOrDigit = (code: number) => isCapital(code) || (code >= 48 && code <= 57)

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
  message.delimiters.component === '' ? [repetition] : repetition.split(message.delimiters.component)

export const subcomponentsOf = (message: Hl7Message, component: string | undefined): readonly string[] =>
  component === undefined ? nothing : message.delimiters.subcomponent === '' ? [component] : component.split(message.delimiters.subcomponent)

/** Text with its escapes decoded; null if it is empty or deleted. */
export const decoded = (message: Hl7Message, text: string | undefined): string | null => {
  if (text === undefined || text === '' || text === '""') return null
  return message.escaped ? decodeEscapes(text, message.delimiters, message.characterSet) : text
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
  const { component, repetition } = segment.message.delimiters
  const first = repetition === '' || !value.includes(repetition) ? value : repetitions(segment, field)[0]
  const end = component === '' || first === undefined ? -1 : first.indexOf(component)
  return firstPart(segment.message, end === -1 ? first : first?.slice(0, end))
}

/** A field that is one text, whatever separators it holds, e.g. OBX-7; null if empty or deleted. */
export const wholeText = (segment: Segment, field: number): string | null => decoded(segment.message, raw(segment, field))

/** Place of a segment, e.g. `OBR[2]`: the second of that name in the message. */
export const placeOf = (segment: Segment): string => `${segment.name}[${segment.nth}]`

/** Place of a field, e.g. `PID-3`, or `OBX[4]-5` where it is not the first of that name. */
export const fieldPlace = (segment: Segment, field: number): string => `${segment.nth === 1 ? segment.name : placeOf(segment)}-${field}`

/** Number of fields at the start that are envelope or set id: no clinical content, so never "unused". MSH is all envelope. */
const structural = new Map([['MSH', 1_000], ['EVN', 3], ...['PID', 'PV1', 'OBR', 'OBX', 'NTE', 'SPM', 'NK1', 'AL1', 'DG1', 'IN1', 'PR1', 'GT1'].map((name) => [name, 1] as const)])

/** Fields that had a value and were not used, e.g. `PV1-21`, each once, in the order met. What is no segment at all is `?`. */
export const unusedFields = (message: Hl7Message): string[] => {
  const found = new Set<string>()
  for (const segment of message.segments) {
    const { name, fields } = segment
    for (let field = 1; field < fields.length; field++) if (isUnused(segment, field)) found.add(name === notASegment ? notASegment : `${name}-${field}`)
  }
  return [...found]
}

const isUnused = ({ name, fields, base, message }: Segment, field: number): boolean => {
  const mark = message.marks[base + field]
  if (mark === used || fields[field] === '' || fields[field] === '""') return false
  return mark === unusable || field > (structural.get(name) ?? 0)
}
