import { hasTime, instantIn, lengthOf } from '@tideway/time/iso-time'
import { isRepeatedHour } from '@tideway/time/time-zone'
import { text } from '@tideway/hl7v2/lexer/fields'
import type { Source } from '@tideway/schemas/source'
import { type Hl7Message, type Segment, segmentOf } from '@tideway/hl7v2/lexer/message'
import { isoOf } from '@tideway/hl7v2/datatypes/timestamp'

/**
 * When the message was made, milliseconds since 1970 UTC, as it ranks among others; null if MSH-7 is
 * empty or unusable.
 *
 * MSH-7 coarser than a second, or without an offset in the hour that comes twice when clocks go
 * back, does not tell which of two messages is the later: it is taken as late as it can mean, but
 * not after receipt, so that receive order decides.
 *
 * @param receivedAt  microseconds since 1970 UTC
 */
export const madeAt = (message: Hl7Message, source: Source, receivedAt: number): number | null => {
  const asSent = text(segmentOf(message, 'MSH') as Segment, 7)
  const { timeZone } = source.hl7
  const iso = asSent === null ? null : isoOf(asSent, timeZone)
  if (asSent === null || iso === null) return null
  const earliest = instantIn(iso, timeZone)
  const hasOffset = /[+-]\d{4}$/.test(asSent.trim())
  const latest =
    hasTime(iso) && !hasOffset && isRepeatedHour(iso, timeZone)
      ? endOfHour(earliest) + hourMs
      : earliest + Math.max(slackOf(iso) - 1, 0)
  return Math.max(earliest, Math.min(latest, Math.floor(receivedAt / 1000)))
}

const hourMs = 3_600_000
const minuteMs = 60_000
const endOfHour = (instant: number): number => Math.floor(instant / hourMs + 1) * hourMs - 1

/** Length of what a time names, milliseconds: a day, month or year, or a minute without seconds. */
const slackOf = (iso: string): number =>
  hasTime(iso) ? (/T\d\d:\d\d:/.test(iso) ? 0 : minuteMs) : lengthOf(iso)

/** MSH-7 as an instant, milliseconds since 1970 UTC; null if not sent or unusable. */
export const sentInstant = (message: Hl7Message, source: Source): number | null => {
  const asSent = text(segmentOf(message, 'MSH') as Segment, 7)
  const iso = asSent === null ? null : isoOf(asSent, source.hl7.timeZone)
  return iso === null ? null : instantIn(iso, source.hl7.timeZone)
}
