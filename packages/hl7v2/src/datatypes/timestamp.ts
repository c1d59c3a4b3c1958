import { isRealDate } from '@tideway/time/calendar'
import { offsetAt } from '@tideway/time/time-zone'

const dtm =
  /^(\d{4})(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(\.\d{0,9}|\d{1,9})?)?)?)?)?)?([+-](?:\d{4})?)?$/

/**
 * Reads an HL7 timestamp without inventing precision.
 *
 * A year stays a year and a day stays a day. A time has seconds only if they were sent, and always
 * an offset: the one sent, else that of `timeZone` at that time. An hour without minutes is reduced
 * to the day, because a FHIR dateTime cannot express it. Zeros for the month or the day, with
 * nothing but zeros after them, mean that it is unknown. A sign without an offset is ignored, as
 * are surrounding spaces. 24:00 is 00:00 of the next day; second 60 is rejected. Digits after the
 * seconds without a point are ignored, as a fraction of a unit that is not known.
 *
 * @param asSent    DT, TS or DTM as sent, e.g. `202607010915` or `20260701091500.250+0100`
 * @param timeZone  IANA name from the source's file, e.g. `Europe/London`, or an offset, `+00:00`
 * @returns ISO 8601, or null if the text is not a timestamp, or the day or time does not exist
 * @see HL7 v2.5.1 chapter 2A, data type DTM
 */
export const isoOf = (asSent: string, timeZone: string): string | null => {
  const usual = usualTime(asSent, timeZone)
  if (usual !== null) return usual
  const parts = dtm.exec(asSent.trim())
  if (parts === null) return null
  if (parts[2] === '00' || parts[3] === '00')
    return withoutZeros(parts[1] ?? '', parts[2], parts.slice(3, 8))
  return isoOfParts(parts, timeZone)
}

const zero = 48
const nine = 57
const areDigits = (text: string, from: number, to: number): boolean => {
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at)
    if (code < zero || code > nine) return false
  }
  return true
}

/** Lengths of a day, and of a time to the minute and second, without an offset. */
const dayDigits = 8
const minuteDigits = 12
const secondDigits = 14
const offsetDigits = '+0000'.length

/** Where the offset of a text of this length begins: at its end without one; -1 if neither fits. */
const offsetFrom = (asSent: string): number => {
  const { length } = asSent
  if (length === secondDigits || length === minuteDigits || length === dayDigits) return length
  const sign = asSent[length - offsetDigits]
  if (sign !== '+' && sign !== '-') return -1
  const from = length - offsetDigits
  return from === secondDigits || from === minuteDigits ? from : -1
}

/**
 * A day, or a time to the minute or second, as most are: the same as below in a third of the time.
 * Null for any other text, and where the day or time may not exist.
 */
const usualTime = (asSent: string, timeZone: string): string | null => {
  const { length } = asSent
  const end = offsetFrom(asSent)
  if (end === -1 || !areDigits(asSent, 0, end)) return null
  const year = asSent.slice(0, 4)
  const month = asSent.slice(4, 6)
  const day = asSent.slice(6, dayDigits)
  if (!isRealDate(year, month, day)) return null
  if (end === dayDigits) return `${year}-${month}-${day}`
  const hour = asSent.slice(8, 10)
  const minute = asSent.slice(10, minuteDigits)
  const second = end === secondDigits ? asSent.slice(minuteDigits, end) : undefined
  if (!isRealTime(hour, minute, second)) return null
  const local = `${year}-${month}-${day}T${hour}:${minute}${secondsOf(second)}`
  if (end === length)
    return local + (isOffset.test(timeZone) ? timeZone : offsetAt(local, timeZone))
  const offset = asSent.slice(end)
  return areDigits(offset, 1, offsetDigits) && isRealOffset(offset)
    ? `${local}${offset.slice(0, 3)}:${offset.slice(3)}`
    : null
}

const isoOfParts = (parts: readonly (string | undefined)[], timeZone: string): string | null => {
  const [, year = '', month, day, hour, minute, second, fraction, sign] = parts
  const offset = sign !== undefined && sign.length > 1 ? sign : undefined
  if (!isRealDate(year, month ?? '01', day ?? '01')) return null
  if (month === undefined) return year
  if (day === undefined) return `${year}-${month}`
  if (hour === undefined) return `${year}-${month}-${day}`
  if (hour === '24') return ofNextDay(parts, timeZone)
  if (!isRealTime(hour, minute, second)) return null
  if (minute === undefined) return `${year}-${month}-${day}`
  const local = `${year}-${month}-${day}T${hour}:${minute}${secondsOf(second, fraction)}`
  if (offset === undefined)
    return local + (isOffset.test(timeZone) ? timeZone : offsetAt(local, timeZone))
  return isRealOffset(offset) ? `${local}${offset.slice(0, 3)}:${offset.slice(3)}` : null
}

/** A year, or a year and month, whose day is sent as zeros; null if a time of day follows. */
const withoutZeros = (
  year: string,
  month: string | undefined,
  rest: readonly (string | undefined)[],
): string | null => {
  if (rest.some((part) => part !== undefined && /[1-9]/.test(part))) return null
  if (!isRealDate(year, month === '00' ? '01' : (month ?? ''), '01')) return null
  return month === '00' ? year : `${year}-${month}`
}

const isOffset = /^[+-]\d\d:\d\d$/

/** 24:00, the end of a day, as the beginning of the next; null for any later time. */
const ofNextDay = (parts: readonly (string | undefined)[], timeZone: string): string | null => {
  const [whole, year, month, day, , minute = '00', second = '00', fraction = ''] = parts
  if (/[1-9]/.test(minute + second + fraction)) return null
  const [nextYear, nextMonth, nextDay] = new Date(
    Date.UTC(Number(year), Number(month) - 1, Number(day) + 1),
  )
    .toISOString()
    .slice(0, 10)
    .split('-')
  return isoOfParts([whole, nextYear, nextMonth, nextDay, '00', ...parts.slice(5)], timeZone)
}

const secondsOf = (second: string | undefined, fraction = '') =>
  second === undefined ? '' : `:${second}${/^\.\d/.test(fraction) ? fraction : ''}`

const isRealTime = (hour: string, minute = '00', second = '00') =>
  hour < '24' && minute < '60' && second < '60'
/** At most 14 hours: FHIR, and every place on earth, have no more. */
const isRealOffset = (offset: string) => offset.slice(1) <= '1400' && offset.slice(3) < '60'
