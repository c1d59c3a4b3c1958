import { type FeedGaps, hoursOfWeek, weeksKept } from '@tideway/schemas/documents/feed-gaps'
import { hourOfWeek } from '@tideway/time/hour-of-week'

export const hourMs = 3_600_000
/** Habits follow the clocks of the region. */
const regionZone = 'Europe/London'

/** Of a source in a while: when it was heard first and last, and the longest gap by hour. */
export type Heard = { first: number; last: number; gaps: Map<number, number> }

/** Hours since 1970 that a gap touches, the newest week of them. */
function* hoursTouched(from: number, to: number): Generator<number> {
  const last = Math.floor(to / hourMs)
  const first = Math.max(Math.floor(from / hourMs), last - hoursOfWeek + 1)
  for (let hour = first; hour <= last; hour += 1) yield hour
}

const noteGap = (gaps: Map<number, number>, from: number, to: number): void => {
  for (const hour of hoursTouched(from, to))
    gaps.set(hour, Math.max(gaps.get(hour) ?? 0, to - from))
}

/** Adds a message; one that was received before the last is no news. Times in milliseconds. */
export const withHeard = (before: Heard | undefined, at: number): Heard => {
  if (before === undefined) return { first: at, last: at, gaps: new Map() }
  if (at <= before.last) return before
  noteGap(before.gaps, before.last, at)
  before.last = at
  return before
}

const newGaps = (source: string, heard: number): FeedGaps => ({
  _id: source,
  heard: new Date(heard),
  hours: Array.from({ length: hoursOfWeek }, () => []),
  weeks: Array.from({ length: hoursOfWeek }, () => -1),
})

/** The cell of an hour with a gap of some week in it; older weeks than it knows are left out. */
const withGap = (known: readonly number[], knownWeek: number, week: number, seconds: number) => {
  const [newest = 0, ...older] = known
  if (week > knownWeek) return [seconds, ...known].slice(0, weeksKept)
  return week === knownWeek ? [Math.max(newest, seconds), ...older] : [...known]
}

/**
 * What is known of a source's gaps after it was heard again. The gap since it was heard before is
 * one too. Pure: only the times at which its messages were received count, so that the same
 * messages read again, or a month of them at once, teach the same.
 */
export const learnGaps = (before: FeedGaps | null, source: string, heard: Heard): FeedGaps => {
  const known = before ?? newGaps(source, heard.first)
  const gaps = new Map(heard.gaps)
  const last = known.heard.getTime()
  if (heard.first > last) noteGap(gaps, last, heard.first)
  const hours = [...known.hours]
  const weeks = [...known.weeks]
  for (const [start, gap] of [...gaps].toSorted(([a], [b]) => a - b)) {
    const { hour, week } = hourOfWeek(start * hourMs, regionZone)
    const knownWeek = weeks[hour] ?? -1
    hours[hour] = withGap(hours[hour] ?? [], knownWeek, week, Math.ceil(gap / 1000))
    weeks[hour] = Math.max(knownWeek, week)
  }
  return { _id: source, heard: new Date(Math.max(last, heard.last)), hours, weeks }
}
