import { isoOf } from '@tideway/hl7v2/datatypes/timestamp'
import type { Hl7Message } from '@tideway/hl7v2/lexer/message'
import { offsetMeant, readSentTime, sentInstant } from '@tideway/hl7-ingest/segments/msh'
import type { Source } from '@tideway/schemas/source'
import { instantIn } from '@tideway/time/iso-time'
import { type FeedCounts, count, ranked } from './counts.ts'

/** What a time without an offset tells of the offset of MSH-7. */
const verdicts = {
  offset: 'only the offset of MSH-7 fits',
  zone: 'only the time zone fits',
  either: 'both fit',
  neither: 'neither fits',
} as const

/** Tolerated clock difference, milliseconds. */
const clockSkewMs = 5 * 60_000
/** Times of what the message is about are often its own, within seconds. */
const closeMs = 2 * 60_000

/** Times that are of the event the message is about, and so close to MSH-7. */
const ofEvent: ReadonlySet<string> = new Set(['EVN-2', 'EVN-6'])

/**
 * A time of the past cannot lie after the message, whichever way it is read; the time of the event
 * itself is close to that of the message.
 */
const verdictOf = (place: string, byOffset: number, byZone: number, sent: number) => {
  const [offset, zone] = [byOffset, byZone].map((at) => at <= sent + clockSkewMs)
  if (offset !== zone) return offset ? verdicts.offset : verdicts.zone
  if (!offset) return verdicts.neither
  const [near, nearInZone] = [byOffset, byZone].map((at) => Math.abs(sent - at) <= closeMs)
  if (!ofEvent.has(place) || near === nearInZone) return verdicts.either
  return near ? verdicts.offset : verdicts.zone
}

const withoutOffset = /^\d{12,14}[.\d]*$/

/**
 * Counts, for messages whose MSH-7 has an offset other than that of the time zone, which of the two
 * the other times of the message fit.
 *
 * @param timed  times of the past in the message, as sent, by place
 */
export const countDefaultOffset = (
  { defaultOffset }: { defaultOffset: FeedCounts },
  message: Hl7Message,
  source: Source,
  timed: readonly { place: string; sent: string }[],
): void => {
  const { offsetOfMsh7IsDefault: _, ...hl7 } = source.hl7
  const offset = offsetMeant(readSentTime(message, source), { ...source, hl7 }, [])
  const sentAt = sentInstant(message, source)
  if (offset === null || sentAt === null) return
  for (const { place, sent } of timed) {
    if (place === 'MSH-7' || !withoutOffset.test(sent)) continue
    const [byOffset, byZone] = [offset, hl7.timeZone].map((zone) => isoOf(sent, zone))
    if (byOffset == null || byZone == null) continue
    const instants = [byOffset, byZone].map((iso) => instantIn(iso, hl7.timeZone))
    count(
      defaultOffset,
      place,
      verdictOf(place, instants[0] as number, instants[1] as number, sentAt),
    )
  }
}

/** What the source file should say, with the number of times for and against it. */
export type DefaultOffset = { value: boolean; fits: number; contradicts: number }

/** How many times as many must fit as contradict. */
const clearly = 10

/** The recommendation; null without evidence, or if the times contradict one another. */
export const defaultOffsetOf = (counts: FeedCounts): DefaultOffset | null => {
  const of = (verdict: string) =>
    ranked(counts)
      .filter(({ parts }) => parts[1] === verdict)
      .reduce((sum, one) => sum + one.count, 0)
  const [offset, zone] = [of(verdicts.offset), of(verdicts.zone)]
  const value = offset > zone
  const [fits, contradicts] = value ? [offset, zone] : [zone, offset]
  return fits === 0 || contradicts * clearly > fits ? null : { value, fits, contradicts }
}

/** The recommendation in words; null if there is nothing to say. */
export const defaultOffsetWords = (counts: FeedCounts): string | null => {
  if (counts.size === 0) return null
  const found = defaultOffsetOf(counts)
  if (found === null)
    return 'offsetOfMsh7IsDefault: these times do not tell; ask the sender which offset they have'
  const { value, fits, contradicts } = found
  const against = contradicts === 0 ? '' : `, ${contradicts} contradict it`
  return `Recommended: offsetOfMsh7IsDefault: ${value} (${fits} ${fits === 1 ? 'time fits' : 'times fit'} nothing else${against})`
}
