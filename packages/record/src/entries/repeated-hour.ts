import { instantOf } from '@tideway/time/iso-time'
import { isRepeatedHour, offsetAt } from '@tideway/time/time-zone'

/** Wall clock of sources that say no other. */
const wallClock = 'Europe/London'
const hourLength = 'yyyy-mm-ddThh'.length
const wallLength = 'yyyy-mm-ddThh:mm'.length
/** Clocks there go back from 02:00 to 01:00 in October: tells most times apart at no cost. */
const mayBeRepeated = (at: string) => at.startsWith('-10-', 4) && at.startsWith('T01', 10)

/** The hour that comes twice when clocks go back, if a time is in it; null else. */
export const eitherHourOf = (at: string): string | null =>
  mayBeRepeated(at) && isRepeatedHour(at, wallClock) ? at.slice(0, hourLength) : null

/** As `eitherHourOf`, if the time is as it is read without an offset: in the first of the two. */
export const repeatedHourOf = (at: string): string | null => {
  const hour = eitherHourOf(at)
  return hour !== null && at.endsWith(offsetAt(at.slice(0, wallLength), wallClock)) ? hour : null
}

/** The same wall time an hour later, in the second of the two hours. */
const inSecondHour = (at: string, hour: string): string => {
  const later = offsetAt(`${hour.slice(0, -2)}03:00`, wallClock)
  return `${at.slice(0, -later.length)}${later}`
}

/**
 * Tells which of the two hours times without an offset are in, by the order of the messages that
 * state them: one earlier than a time stated before it is in the second.
 *
 * @returns a function to be called with the times of one thing, in the order of their messages
 */
export const repeatedHourReader = (): ((at: string) => string) => {
  const latest = new Map<string, number>()
  return (at) => {
    const hour = repeatedHourOf(at)
    if (hour === null) return at
    const before = latest.get(hour) ?? Number.NEGATIVE_INFINITY
    const read = (instantOf(at) ?? 0) < before ? inSecondHour(at, hour) : at
    latest.set(hour, Math.max(before, instantOf(read) ?? 0))
    return read
  }
}
