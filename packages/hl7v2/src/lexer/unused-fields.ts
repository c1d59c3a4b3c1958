import { isBlank } from './blank.ts'
import { type Hl7Message, notASegment, type Segment, unusable, used } from './message.ts'

/**
 * Number of leading fields that are structural, such as set ids: never listed as unused. MSH is
 * entirely structural.
 */
const structural = new Map([
  ['MSH', 1_000],
  ['EVN', 1],
  ['RXA', 2],
  ...[
    'PID',
    'PV1',
    'OBR',
    'OBX',
    'NTE',
    'SPM',
    'NK1',
    'AL1',
    'DG1',
    'IN1',
    'PR1',
    'IAM',
    'GT1',
    'TXA',
    'TQ1',
    'RGS',
    'AIS',
    'AIG',
    'AIL',
    'AIP',
  ].map((name) => [name, 1] as const),
])

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
  return mark === unusable || field > (isQuotedHeader(name, nth) ? 0 : (structural.get(name) ?? 0))
}

/** A second MSH is not an envelope: it was quoted in a text. */
const isQuotedHeader = (name: string, nth: number) => name === 'MSH' && nth > 1
