import { isBlank } from './blank.ts'
import { decodeEscapes } from './escape.ts'
import { type Hl7Message, type Segment, unread, unusable, used } from './message.ts'
import { leavePart, leaveUnread, type PartsRead } from './unused-parts.ts'

const space = 32
/** Field as sent, undecoded; empty if absent. Marks it as used. */
export const raw = (segment: Segment, field: number): string => {
  const { message } = segment
  message.reading = segment
  const value = segment.fields[field]
  if (value === undefined || value === '') return ''
  if (message.marks[segment.base + field] === unread) message.marks[segment.base + field] = used
  return value
}

/** Whether a field has a value that nothing has read yet. */
export const isUnread = ({ message, base, fields }: Segment, field: number): boolean =>
  (fields[field] ?? '') !== '' && message.marks[base + field] === unread

/** Marks a field as used by an event after all. */
export const markUsed = (segment: Segment, field: number): void => {
  segment.message.marks[segment.base + field] = used
}

/** Marks a field whose value could not be used, so that it is listed as unused. */
export const markUnusable = (segment: Segment, field: number): void => {
  segment.message.marks[segment.base + field] = unusable
}

/** Marks fields that were read, but that no event has a place for, so that they are listed. */
export const leaveFields = (segment: Segment, fields: readonly number[]): void => {
  for (const field of fields) if ((segment.fields[field] ?? '') !== '') markUnusable(segment, field)
}

/** HL7 explicit null: the sender deletes the value. */
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

/** Like `split`, in half the time for the few pieces of most values. */
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

/**
 * Text with its escapes decoded and trailing spaces removed; null if it is empty, blank or deleted.
 */
export const decoded = (message: Hl7Message, text: string | undefined): string | null => {
  if (text === undefined || text === '' || text === '""' || isBlank(text)) return null
  const kept = text.charCodeAt(text.length - 1) === space ? text.trimEnd() : text
  if (!message.escaped) return kept
  return decodeEscapes(kept, message.delimiters, message.characterSet) || null
}

/** First subcomponent of a component, decoded; null if empty. */
export const firstPart = (message: Hl7Message, component: string | undefined): string | null => {
  if (component === undefined || component === '') return null
  const { subcomponent } = message.delimiters
  const end = subcomponent === '' ? -1 : component.indexOf(subcomponent)
  return decoded(message, end === -1 ? component : component.slice(0, end))
}

const firstAlone: PartsRead = [1]

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
 * The first repetition with a value, for a field that does not repeat; others are listed as unused.
 */
export const firstRepetition = (segment: Segment, field: number): string | undefined => {
  const all = repetitions(segment, field)
  if (all.length > 1) leavePart(segment, `${field}~`)
  return all[0]
}

/** A field as one text including its separators, e.g. OBX-7; null if empty or deleted. */
export const wholeText = (segment: Segment, field: number): string | null =>
  decoded(segment.message, raw(segment, field))
