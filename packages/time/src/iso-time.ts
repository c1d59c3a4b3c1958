/**
 * ISO 8601 at any precision, as HL7 FHIR writes a dateTime: `2026`, `2026-07`, `2026-07-01`, or a
 * time with an offset, `2026-07-01T09:15:30.25+01:00`.
 *
 * @see FHIR R4, data type dateTime
 */
import { offsetAt } from './time-zone.ts'

const dayLength = 'yyyy-mm-dd'.length
const dayMs = 86_400_000
const offset = /(Z|[+-]\d\d:\d\d)$/

/** Whether a time is more precise than a day. */
export const hasTime = (time: string): boolean => time.length > dayLength

/** The day of a time in its own offset; a year or month is returned unchanged. */
export const dayOf = (time: string): string => time.slice(0, dayLength)

/**
 * Milliseconds since 1970 UTC; a day, month or year is its first midnight UTC, and so is a time
 * without an offset read as UTC.
 *
 * @returns null for null, or for text that is not a time
 */
export const instantOf = (time: string | null): number | null => {
  if (time === null) return null
  const parsed = Date.parse(hasTime(time) && !offset.test(time) ? `${time}Z` : time)
  return Number.isNaN(parsed) ? null : parsed
}

/** As `instantOf`; null for a mere day, which does not order events within it. */
export const exactInstantOf = (time: string | null): number | null =>
  time !== null && hasTime(time) ? instantOf(time) : null

/**
 * Milliseconds since 1970 UTC; a day, month or year is its first midnight in a time zone. NaN for
 * text that is not a time.
 *
 * @param timeZone  IANA name
 * @throws RangeError if there is no such zone
 */
export const instantIn = (time: string, timeZone: string): number => {
  if (time.includes('T'))
    return Date.parse(time.includes('.') ? time.replace(/(\.\d{3})\d+/, '$1') : time)
  const local = `${time}${'-01-01'.slice(time.length - 4)}T00:00`
  return Date.parse(`${local}${offsetAt(local, timeZone)}`)
}

/**
 * Milliseconds since 1970 UTC of a day or time as a person types it, `2026-11-22`, `2026-11-22
 * 09:30` or `2026-11-22T09:30:00Z`; without an offset in the time zone of this process.
 *
 * @returns null if it is neither
 */
export const localInstantOf = (text: string): number | null => {
  const parsed = Date.parse(
    text.includes('T') || text.includes(' ') ? text.replace(' ', 'T') : `${text}T00:00:00`,
  )
  return Number.isNaN(parsed) ? null : parsed
}

/** Greatest length of what a time names, milliseconds: a day, month or year; 0 for a time. */
export const lengthOf = (time: string): number => {
  if (time.includes('T')) return 0
  return time.length === dayLength ? dayMs : time.length === 7 ? 31 * dayMs : 366 * dayMs
}

/**
 * Whether `a` is certainly later than `b`: compared as instants where both have a time, else at the
 * coarser precision of the two. Unknown is not later.
 */
export const isLater = (a: string | null, b: string | null): boolean => {
  if (a === null || b === null) return false
  if (hasTime(a) && hasTime(b))
    return (instantOf(a) ?? Number.NEGATIVE_INFINITY) > (instantOf(b) ?? Number.POSITIVE_INFINITY)
  const length = Math.min(a.length, b.length, dayLength)
  return a.slice(0, length) > b.slice(0, length)
}
