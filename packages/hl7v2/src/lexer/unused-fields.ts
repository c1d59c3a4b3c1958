import { isBlank } from './blank.ts'
import { type Hl7Message, notASegment, type Segment, unusable, used } from './message.ts'
import { structuralFields } from './structural-fields.ts'

/**
 * Fields with a value that were not used, e.g. `PV1-21`, each once, in message order; then unused
 * parts of used fields, e.g. `PV1-7.10`. A line that is not a segment is `?`.
 */
export const unusedFields = (message: Hl7Message): string[] => {
  const found = new Set<string>()
  for (const segment of message.segments) {
    const { name, fields } = segment
    for (let field = 1; field < fields.length; field++)
      if (isUnused(segment, field))
        found.add(name === notASegment ? notASegment : `${name}-${field}`)
  }
  for (const part of message.unusedParts) if (!found.has(fieldOf(part))) found.add(part)
  return [...found]
}

const fieldOf = (part: string): string => /^[^.~]+/.exec(part)?.[0] ?? part

const isUnused = ({ name, nth, fields, base, message }: Segment, field: number): boolean => {
  const mark = message.marks[base + field]
  const value = fields[field] as string
  if (mark === used || value === '' || value === '""' || isBlank(value)) return false
  return mark === unusable || field > (isQuotedHeader(name, nth) ? 0 : structuralFields(name))
}

/** A second MSH is not an envelope: it was quoted in a text. */
const isQuotedHeader = (name: string, nth: number) => name === 'MSH' && nth > 1
