import { hasTime, instantIn, lengthOf } from '@tideway/time/iso-time'
import { isRepeatedHour } from '@tideway/time/time-zone'
import { text } from '@tideway/hl7v2/lexer/fields'
import type { Source } from '@tideway/schemas/source'
import { type Hl7Message, type Segment, segmentOf } from '@tideway/hl7v2/lexer/message'
import { isoOf } from '@tideway/hl7v2/datatypes/timestamp'

/**
 * When the message was made, milliseconds since 1970 UTC, as it ranks among others; null if MSH-7
 * is empty or unusable.
 *
 * A mere day, or an hour without an offset that comes twice as clocks go back, does not tell which
 * of its messages is the later. It is taken at its end: of a message received before that, and of
 * several of one day or hour, receive order decides.
 */
export const madeAt = (message: Hl7Message, source: Source): number | null => {
  const asSent = text(segmentOf(message, 'MSH') as Segment, 7)
  const { timeZone } = source.hl7
  const iso = asSent === null ? null : isoOf(asSent, timeZone)
  if (asSent === null || iso === null) return null
  const earliest = instantIn(iso, timeZone)
  if (!hasTime(iso)) return earliest + lengthOf(iso) - 1
  const hasOffset = /[+-]\d{4}$/.test(asSent.trim())
  return !hasOffset && isRepeatedHour(iso, timeZone) ? endOfHour(earliest) + hourMs : earliest
}

const hourMs = 3_600_000
const endOfHour = (instant: number): number => Math.floor(instant / hourMs + 1) * hourMs - 1

/** MSH-7 as an instant, milliseconds since 1970 UTC; null if not sent or unusable. */
export const sentInstant = (message: Hl7Message, source: Source): number | null => {
  const asSent = text(segmentOf(message, 'MSH') as Segment, 7)
  const iso = asSent === null ? null : isoOf(asSent, source.hl7.timeZone)
  return iso === null ? null : instantIn(iso, source.hl7.timeZone)
}
