import { hasTime, instantIn, lengthOf } from '@tideway/time/iso-time'
import { isRepeatedHour, offsetAt } from '@tideway/time/time-zone'
import { text } from '@tideway/hl7v2/lexer/fields'
import type { Source } from '@tideway/schemas/source'
import { type Hl7Message, type Segment, segmentOf } from '@tideway/hl7v2/lexer/message'
import type { Fix } from '../normalise/mapping.ts'
import { isoOf } from '@tideway/hl7v2/datatypes/timestamp'

/** MSH-7 as sent, and in ISO 8601; each null if it is empty or unusable. */
export type SentTime = { asSent: string | null; iso: string | null }

export const readSentTime = (message: Hl7Message, { hl7 }: Source): SentTime => {
  const asSent = text(segmentOf(message, 'MSH') as Segment, 7)
  return { asSent, iso: asSent === null ? null : isoOf(asSent, hl7.timeZone) }
}

/**
 * When the message was made, milliseconds since 1970 UTC, as it ranks among others; null if MSH-7
 * is empty or unusable.
 *
 * A mere day, or an hour without an offset that comes twice as clocks go back, does not tell which
 * of its messages is the later. It is taken at its end: of a message received before that, and of
 * several of one day or hour, receive order decides.
 */
export const madeAt = ({ asSent, iso }: SentTime, { hl7: { timeZone } }: Source): number | null => {
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
  const { iso } = readSentTime(message, source)
  return iso === null ? null : instantIn(iso, source.hl7.timeZone)
}

/**
 * The offset of MSH-7 as `+00:00`, the default of every other time of the message; null if the zone
 * of the source applies. That is so if MSH-7 has none, if the source file says that it means
 * nothing for the rest, and if it is the one of that zone at that time: a sender in local time then
 * knows summer from winter, and a time of the other half of the year has the other offset.
 *
 * @see HL7 v2.5.1 chapter 2A, data type TS
 */
export const offsetMeant = (
  sent: SentTime,
  { hl7 }: Source,
  fixes: readonly Fix[],
): string | null => {
  if (hl7.offsetOfMsh7IsDefault === false) return null
  let { asSent } = sent
  for (const fix of fixes) if (asSent !== null) asSent = fix.timestamp?.(asSent) ?? asSent
  if (asSent === null || !minuteAndOffset.test(asSent)) return null
  const iso = asSent === sent.asSent ? sent.iso : isoOf(asSent, hl7.timeZone)
  if (iso === null) return null
  const [local, offset] = [iso.slice(0, -offsetLength), iso.slice(-offsetLength)]
  if (offsetAt(local, hl7.timeZone) === offset) return null
  return offsetAt(hourLater(local), hl7.timeZone) === offset ? null : offset
}

/** A time at least to the minute, with an offset. */
const minuteAndOffset = /^\d{12,14}[.\d]*[+-]\d{4}$/
const offsetLength = '+00:00'.length

/** In the hour that comes twice, the offset of its second time is that of the hour after it. */
const hourLater = (local: string): string =>
  new Date(Date.parse(`${local}Z`) + hourMs).toISOString().slice(0, -1)
