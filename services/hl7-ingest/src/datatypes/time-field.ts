import { isoOf } from '@tideway/hl7v2/datatypes/timestamp'
import {
  componentsOf,
  firstPart,
  firstRepetition,
  markUnusable,
  raw,
  text,
} from '@tideway/hl7v2/lexer/fields'
import { fieldPlace, type Segment } from '@tideway/hl7v2/lexer/message'
import { leaveUnread } from '@tideway/hl7v2/lexer/unused-parts'
import { type Context, zoneOf } from '../normalise/mapping.ts'

/**
 * A time that the record depends on, ISO 8601; null if not sent, or if unreadable, in which case
 * the field is listed as unused and the message counts as used in part.
 */
export const decisiveTime = (segment: Segment, field: number, context: Context): string | null => {
  const time = timeIn(segment, field, context)
  if (time !== undefined) return time
  leaveOutField(segment, field)
  return null
}

/** Lists a field as unused, and counts the message as used in part. */
export const leaveOutField = (segment: Segment, field: number): void => {
  markUnusable(segment, field)
  segment.message.leftOut.add(fieldPlace(segment, field))
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
  let asSent = sentIn(segment, field)
  for (const fix of fixes)
    if (asSent !== null && fix.timestamp !== undefined) asSent = fix.timestamp(asSent)
  if (asSent === null) return null
  const known = times.get(asSent)
  if (known !== undefined || times.has(asSent)) return known
  const iso = isoOf(asSent, zoneOf(context)) ?? undefined
  times.set(asSent, iso)
  return iso
}

/**
 * Degrees of precision (TS-2: year, month, day, hour, minute, second): the digits that count, and
 * what may fill up the rest.
 */
const precisions: ReadonlyMap<string, readonly [number, RegExp]> = new Map([
  ['Y', [4, /^(?:0[01]){0,2}[0.]*$/]],
  ['L', [6, /^(?:0[01])?[0.]*$/]],
  ['D', [8, /^[0.]*$/]],
  ['H', [10, /^[0.]*$/]],
  ['M', [12, /^[0.]*$/]],
  ['S', [14, /^[0.]*$/]],
])

/**
 * The first component of the field. A degree of precision in the second, as before version 2.6,
 * removes what only fills up the rest.
 *
 * @see HL7 v2.5.1 chapter 2A.77, data type TS
 */
const sentIn = (segment: Segment, field: number): string | null => {
  const { message } = segment
  const { component } = message.delimiters
  if (component === '' || !raw(segment, field).includes(component)) return text(segment, field)
  const components = componentsOf(message, firstRepetition(segment, field) ?? '')
  const asSent = firstPart(message, components[0])
  const precision = precisions.get(firstPart(message, components[1]) ?? '')
  const precise =
    asSent === null || precision === undefined ? null : atPrecision(asSent.trim(), ...precision)
  leaveUnread(segment, field, components, precise === null ? [1] : [1, 1])
  return precise ?? asSent
}

/** Null if the time states more than its precision. */
const atPrecision = (asSent: string, length: number, filling: RegExp): string | null => {
  const [digits = ''] = /^[\d.]*/.exec(asSent) ?? []
  if (digits.length <= length) return asSent
  if (!filling.test(digits.slice(length))) return null
  return digits.slice(0, length) + (length < 12 ? '' : asSent.slice(digits.length))
}
