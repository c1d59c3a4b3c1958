import { optionalTime } from '../../datatypes/time-field.ts'
import { text } from '@tideway/hl7v2/lexer/fields'
import { type AppointmentPart, type Quantity, unsaid } from '@tideway/schemas/events.generated'
import { readAppointmentStatus } from '@tideway/record/status/appointment-status'
import type { Context } from '../../normalise/mapping.ts'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { readCoded } from '../../datatypes/ce.ts'
import { readCodedList } from '../../datatypes/coded-list.ts'
import { readLocation } from '../../datatypes/pl.ts'
import { readPractitioners } from '../../datatypes/xcn.ts'
import { readNotesWithDetails } from '../../segments/nte.ts'
import type { ScheduledSegments } from '../../groups/schedule-groups.ts'

/** Field numbers of what the four segments have in common. AIS has no type. */
type Fields = {
  kind: string
  type: number | null
  startAt: number
  status: number
  supplies: readonly number[]
}

/**
 * HL7 v2.5.1 chapter 10.6.4 to 10.6.7. The start is followed by offset, offset unit, duration,
 * duration unit and substitution.
 */
const rows: Readonly<Record<string, Fields>> = {
  AIS: { kind: 'SERVICE', type: null, startAt: 4, status: 10, supplies: [11, 12] },
  AIG: { kind: 'RESOURCE', type: 4, startAt: 8, status: 14, supplies: [] },
  AIL: { kind: 'LOCATION', type: 4, startAt: 6, status: 12, supplies: [] },
  AIP: { kind: 'PRACTITIONER', type: 4, startAt: 6, status: 12, supplies: [] },
}

/**
 * Services and resources of an appointment, in order; an AIP with several people gives one part
 * each.
 */
export const readAppointmentParts = (
  parts: readonly ScheduledSegments[],
  context: Context,
): AppointmentPart[] => parts.flatMap((part) => readPart(part, context))

const readPart = (
  { segment, group, notes }: ScheduledSegments,
  context: Context,
): AppointmentPart[] => {
  const { kind, type, startAt, status, supplies } = rows[segment.name] as Fields
  const part: AppointmentPart = {
    ...unsaid.AppointmentPart(),
    kind,
    group: group === 0 ? null : String(group),
    action: text(segment, 2),
    code: kind === 'SERVICE' || kind === 'RESOURCE' ? readCoded(segment, 3) : null,
    location: kind === 'LOCATION' ? readLocation(segment, 3) : null,
    type: type === null ? null : readCoded(segment, type),
    startAt: optionalTime(segment, startAt, context),
    offset: amountIn(segment, startAt + 1),
    duration: amountIn(segment, startAt + 3),
    substitution: text(segment, startAt + 5),
    ...readAppointmentStatus(text(segment, status), 'HL70278'),
    supplies: supplies.flatMap((field) => readCodedList(segment, field)),
    ...readNotesWithDetails([notes], context),
  }
  const people = kind === 'PRACTITIONER' ? readPractitioners(segment, 3) : []
  return people.length === 0 ? [part] : people.map((practitioner) => ({ ...part, practitioner }))
}

/** A number, with its unit in the next field. */
const amountIn = (segment: Segment, field: number): Quantity | null => {
  const value = text(segment, field)
  return value === null
    ? null
    : { ...unsaid.Quantity(), value, unit: readCoded(segment, field + 1) }
}
