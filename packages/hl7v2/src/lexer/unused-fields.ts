import { isBlank } from './blank.ts'
import { type Hl7Message, notASegment, type Segment, unusable, used } from './message.ts'

/**
 * Number of fields at the start that are envelope or set id: no clinical content, so never
 * "unused". MSH is all envelope.
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
 * Fields that had a value and were not used, e.g. `PV1-21`, each once, in the order met; then parts
 * of used ones, e.g. `PV1-7.10`. What is no segment at all is `?`.
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

/** A second MSH is no envelope: it stands in somebody's text. */
const isQuotedHeader = (name: string, nth: number) => name === 'MSH' && nth > 1
