import { markUnusable, text } from '../lexer/fields.ts'
import { IngestError } from '@tideway/hl7-ingest/errors'
import type { Context } from '@tideway/hl7-ingest/normalise/mapping'
import { fieldPlace, type Segment } from '../lexer/message.ts'
import { offsetAt } from '@tideway/time/time-zone'

const dtm =
  /^(\d{4})(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(\.\d{0,9})?)?)?)?)?)?([+-]\d{4})?$/

/**
 * Reads an HL7 timestamp without inventing precision.
 *
 * A year stays a year and a day stays a day. A time keeps its seconds only if sent, and always
 * carries an offset: the sender's own, else that of `timeZone` at that time. An hour without
 * minutes is cut back to the day, because ISO 8601 dates cannot say it. 24:00 and second 60 do not
 * exist here; blanks around the text do not matter.
 *
 * @param asSent    DT, TS or DTM as sent, e.g. `202607010915` or `20260701091500.250+0100`
 * @param timeZone  IANA name from the source's file, e.g. `Europe/London`
 * @returns ISO 8601, or `null` if it is no timestamp or names a day or time that does not exist
 * @see HL7 v2.5.1 chapter 2A, data type DTM
 */
export const isoOf = (asSent: string, timeZone: string): string | null => {
  const parts = dtm.exec(asSent.trim())
  if (parts === null) return null
  const [, year = '', month, day, hour, minute, second, fraction, offset] = parts
  if (!isRealDay(year, month ?? '01', day ?? '01')) return null
  if (month === undefined) return year
  if (day === undefined) return `${year}-${month}`
  if (hour === undefined) return `${year}-${month}-${day}`
  if (!isRealTime(hour, minute, second)) return null
  if (minute === undefined) return `${year}-${month}-${day}`
  const local = `${year}-${month}-${day}T${hour}:${minute}${secondsOf(second, fraction)}`
  if (offset === undefined) return local + offsetAt(local, timeZone)
  return isRealOffset(offset) ? `${local}${offset.slice(0, 3)}:${offset.slice(3)}` : null
}

const secondsOf = (second: string | undefined, fraction = '') =>
  second === undefined ? '' : `:${second}${fraction.length > 1 ? fraction : ''}`

const isRealDay = (year: string, month: string, day: string): boolean => {
  const length = month === '02' && leap(Number(year)) ? 29 : daysIn[Number(month)]
  return length !== undefined && day !== '00' && Number(day) <= length && year !== '0000'
}
const daysIn: readonly (number | undefined)[] = [
  undefined,
  31,
  28,
  31,
  30,
  31,
  30,
  31,
  31,
  30,
  31,
  30,
  31,
]
const leap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
const isRealTime = (hour: string, minute = '00', second = '00') =>
  hour < '24' && minute < '60' && second < '60'
const isRealOffset = (offset: string) => offset.slice(1, 3) <= '14' && offset.slice(3) < '60'

/** Milliseconds since 1970 UTC of what `isoOf` gave; a date is its first moment in that zone. */
export const instantOf = (iso: string, timeZone: string): number => {
  if (iso.includes('T'))
    return Date.parse(iso.includes('.') ? iso.replace(/(\.\d{3})\d+/, '$1') : iso)
  const local = `${iso}${'-01-01'.slice(iso.length - 4)}T00:00`
  return Date.parse(`${local}${offsetAt(local, timeZone)}`)
}

/**
 * A timestamp the message cannot do without: one that is sent and cannot be read parks it. @throws
 * IngestError INVALID_FIELD
 */
export const decisiveTime = (segment: Segment, field: number, context: Context): string | null => {
  const time = timeIn(segment, field, context)
  if (time === undefined) throw new IngestError('INVALID_FIELD', fieldPlace(segment, field))
  return time
}

/** A timestamp that decides nothing: one that cannot be read is null, and listed as unused. */
export const optionalTime = (segment: Segment, field: number, context: Context): string | null => {
  const time = timeIn(segment, field, context)
  if (time !== undefined) return time
  markUnusable(segment, field)
  return null
}

/** Undefined if it cannot be read. */
const timeIn = (
  segment: Segment,
  field: number,
  { source, fixes, times }: Context,
): string | null | undefined => {
  let asSent = text(segment, field)
  for (const fix of fixes)
    if (asSent !== null && fix.timestamp !== undefined) asSent = fix.timestamp(asSent)
  if (asSent === null) return null
  const known = times.get(asSent)
  if (known !== undefined || times.has(asSent)) return known
  const iso = isoOf(asSent, source.hl7.timeZone) ?? undefined
  times.set(asSent, iso)
  return iso
}
