import { isBlank } from './blank.ts'
import { type Hl7Message, notASegment, placeOf, type Segment, unusable, used } from './message.ts'
import { structuralFields } from './structural-fields.ts'

/**
 * What nothing has read: a field, or parts of one. `part` is as in `Hl7Message.unusedParts`; null
 * for the whole field.
 */
export type Unread = { segment: Segment; field: number; part: string | null }

/** Everything with a value that was not used: fields in message order, then parts of others. */
export const unreadIn = (message: Hl7Message): Unread[] => {
  const found: Unread[] = []
  const { marks } = message
  for (const segment of message.segments) {
    const { fields, base } = segment
    const content = firstContent(segment)
    for (let field = 1; field < fields.length; field++) {
      const mark = marks[base + field]
      if (mark === used || (mark !== unusable && field < content)) continue
      if (hasValue(fields[field] as string)) found.push({ segment, field, part: null })
    }
  }
  return message.unusedParts.size === 0 ? found : found.concat(unreadParts(message))
}

const unreadParts = ({ segments, unusedParts }: Hl7Message): Unread[] => {
  const found: Unread[] = []
  for (const segment of segments) {
    const parts = unusedParts.get(segment.base)
    if (parts === undefined) continue
    for (const part of parts) {
      const field = Number.parseInt(part, 10)
      if (!isUnused(segment, field)) found.push({ segment, field, part })
    }
  }
  return found
}

const isUnused = (segment: Segment, field: number): boolean => {
  const mark = segment.message.marks[segment.base + field]
  const value = segment.fields[field]
  if (mark === used || value === undefined || value === '' || value === '""' || isBlank(value))
    return false
  return mark === unusable || field >= firstContent(segment)
}

/** A second MSH is not an envelope: it was quoted in a text. */
export const isQuotedHeader = ({ name, nth }: Segment): boolean => name === 'MSH' && nth > 1

const firstContent = (segment: Segment): number =>
  isQuotedHeader(segment) ? 1 : structuralFields(segment.name) + 1

/**
 * Places of the values that nothing has read, one each, with the number of the repetition where the
 * field has several: `OBX[2]-5`, `PID[1]-13[2].7`. A line that is not a segment, and a header that
 * was quoted, is one place.
 */
export const placesOf = ({ segment, field, part }: Unread): string[] => {
  if (segment.name === notASegment || isQuotedHeader(segment))
    return field === 1 ? [placeOf(segment)] : []
  const { repetition } = segment.message.delimiters
  const sent = segment.fields[field] as string
  if (part === null && (repetition === '' || !sent.includes(repetition)))
    return [`${placeOf(segment)}-${field}`]
  const all = repetition === '' ? [sent] : sent.split(repetition)
  const isLater = part?.endsWith('~') === true
  const below = part === null || isLater ? '' : part.slice(part.indexOf('.'))
  return all.flatMap((one, n) =>
    hasValue(pieceOf(segment.message, one, below)) && !(isLater && n === 0)
      ? [`${placeOf(segment)}-${field}${all.length === 1 ? '' : `[${n + 1}]`}${below}`]
      : [],
  )
}

const hasValue = (value: string): boolean => value !== '' && value !== '""' && !isBlank(value)

/** @param below  component and subcomponent, `.13.2`; empty for the whole */
const pieceOf = ({ delimiters }: Hl7Message, repetition: string, below: string): string => {
  const [component, subcomponent] = below.split('.').slice(1).map(Number)
  if (component === undefined) return repetition
  const whole = nthOf(repetition, delimiters.component, component)
  return subcomponent === undefined ? whole : nthOf(whole, delimiters.subcomponent, subcomponent)
}

const nthOf = (text: string, separator: string, nth: number): string =>
  separator === '' ? (nth === 1 ? text : '') : (text.split(separator)[nth - 1] ?? '')
