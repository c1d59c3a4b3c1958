import { isoOf } from '@tideway/hl7v2/datatypes/timestamp'
import { markUnusable, text } from '@tideway/hl7v2/lexer/fields'
import { fieldPlace, type Segment } from '@tideway/hl7v2/lexer/message'
import { IngestError } from '../errors.ts'
import { type Context, zoneOf } from '../normalise/mapping.ts'

/**
 * A time that must be valid if sent, ISO 8601; null if not sent.
 *
 * @throws IngestError INVALID_FIELD if it is sent and cannot be read
 */
export const decisiveTime = (segment: Segment, field: number, context: Context): string | null => {
  const time = timeIn(segment, field, context)
  if (time === undefined) throw new IngestError('INVALID_FIELD', fieldPlace(segment, field))
  return time
}

/**
 * A time the mapping does not depend on, ISO 8601; null if not sent, or if unreadable, in which
 * case the field is listed as unused.
 */
export const optionalTime = (segment: Segment, field: number, context: Context): string | null => {
  const time = timeIn(segment, field, context)
  if (time !== undefined) return time
  markUnusable(segment, field)
  return null
}

/** Undefined if it cannot be read. */
const timeIn = (segment: Segment, field: number, context: Context): string | null | undefined => {
  const { fixes, times } = context
  let asSent = text(segment, field)
  for (const fix of fixes)
    if (asSent !== null && fix.timestamp !== undefined) asSent = fix.timestamp(asSent)
  if (asSent === null) return null
  const known = times.get(asSent)
  if (known !== undefined || times.has(asSent)) return known
  const iso = isoOf(asSent, zoneOf(context)) ?? undefined
  times.set(asSent, iso)
  return iso
}
