import { instantIn } from '@tideway/time/iso-time'
import { raw } from '@tideway/hl7v2/lexer/fields'
import { type Hl7Message, segmentOf } from '@tideway/hl7v2/lexer/message'
import { isoOf } from '@tideway/hl7v2/datatypes/timestamp'
import type { Source } from '@tideway/schemas/source'
import { type FeedCounts, count } from './counts.ts'
import { countDefaultOffset } from './default-offset.ts'

/** Times of past events: one in the future is an error. */
const pastTimes: [string, number][] = [
  ['MSH', 7],
  ['EVN', 2],
  ['EVN', 6],
  ['PV1', 44],
  ['PV1', 45],
  ['OBR', 7],
  ['OBR', 14],
  ['OBR', 22],
  ['OBX', 14],
]
/** Tolerated clock difference, milliseconds. */
const clockSkewMs = 5 * 60_000
const hourMs = 3_600_000

type Times = {
  offsets: FeedCounts
  future: FeedCounts
  clockHours: FeedCounts
  defaultOffset: FeedCounts
}

/**
 * Counts UTC offsets as sent, times in the future, which offset times without one fit, and the
 * difference between MSH-7 and the time of receipt in whole hours: one or more means a wrong time
 * zone.
 */
export const countTimes = (
  times: Times,
  message: Hl7Message,
  source: Source,
  receivedAt: number | null,
): void => {
  const { hl7 } = source
  const timed = message.segments.flatMap((segment) =>
    pastTimes
      .filter(([name]) => name === segment.name)
      .map(([, field]) => ({
        place: `${segment.name}-${field}`,
        sent: raw(segment, field).split(message.delimiters.component || '\0', 1)[0] as string,
      })),
  )
  countDefaultOffset(times, message, source, timed)
  for (const { place, sent } of timed) {
    const at = instantSent(sent, hl7.timeZone)
    if (sent !== '') countOffset(times, place, sent, at)
    if (at !== null && at > (receivedAt ?? Date.now()) + clockSkewMs) count(times.future, place)
  }
  const sent = segmentOf(message, 'MSH')?.fields[7] ?? ''
  const sentAt = instantSent(sent, hl7.timeZone)
  if (receivedAt !== null && sentAt !== null && withTime.test(sent))
    count(times.clockHours, String(Math.round((receivedAt - sentAt) / hourMs)))
}

const withTime = /^\d{10}/

const instantSent = (sent: string, timeZone: string): number | null => {
  const iso = isoOf(sent, timeZone)
  return iso === null ? null : instantIn(iso, timeZone)
}

const countOffset = ({ offsets }: Times, place: string, sent: string, at: number | null): void => {
  if (at === null) count(offsets, place, 'not a timestamp')
  else if (withTime.test(sent)) count(offsets, place, /[+-]\d{4}$/.exec(sent)?.[0] ?? 'none')
}
