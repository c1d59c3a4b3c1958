import type { FeedGaps } from '@tideway/schemas/documents/feed-gaps'
import type { PlannedSilence } from '@tideway/schemas/source'
import { hourOfWeek } from '@tideway/time/hour-of-week'

/**
 * `usual`: heard as often as usual. `silent`: for longer than is usual. `planned`: its silence was
 * announced. `learning`: too little was heard of it to say.
 */
export const feedStates = ['usual', 'silent', 'planned', 'learning'] as const
export type FeedState = (typeof feedStates)[number]

const hourMs = 3_600_000
const hoursOfWeek = 168
const regionZone = 'Europe/London'
/** No silence is worth a word before this, milliseconds. */
const floorMs = 900_000
/** A silence is unusual beyond so many times the usual gap. */
const factor = 2
/** Weeks of an hour that must be known. */
const weeksNeeded = 3

/**
 * The usual gap in an hour: the second longest of the newest weeks, so that one outage teaches
 * nothing. Null while too few are known.
 */
const usualMs = ({ hours }: FeedGaps, hour: number): number | null => {
  const known = hours[hour] ?? []
  if (known.length < weeksNeeded) return null
  return (known.toSorted((a, b) => b - a)[1] ?? 0) * 1000
}

const endOf = ({ until }: PlannedSilence): number => Date.parse(until)
const beginOf = ({ from }: PlannedSilence): number => Date.parse(from)

/**
 * Whether a source is heard as usual. Each hour since it was heard last is judged by itself, from
 * its beginning on: a night without messages is usual, a morning after it that stays silent is not.
 *
 * @param lastHeard  when its newest message was received; null: never
 * @param gaps       what was learned of it; null: nothing
 * @param now        milliseconds since 1970 UTC
 */
export const feedStateOf = (
  lastHeard: Date | null,
  gaps: FeedGaps | null,
  planned: readonly PlannedSilence[],
  now: number,
): FeedState => {
  if (planned.some((silence) => beginOf(silence) <= now && now < endOf(silence))) return 'planned'
  if (lastHeard === null || gaps === null) return 'learning'
  const heard = lastHeard.getTime()
  const plannedUntil = planned.map(endOf).filter((end) => end <= now)
  const since = Math.max(heard, ...plannedUntil)
  const last = Math.floor(now / hourMs)
  const first = Math.max(Math.floor(since / hourMs), last - hoursOfWeek + 1)
  let isJudged = false
  for (let start = first; start <= last; start += 1) {
    const usual = usualMs(gaps, hourOfWeek(start * hourMs, regionZone).hour)
    isJudged = usual !== null
    const silentFor = now - Math.max(since, start * hourMs)
    if (usual !== null && silentFor > Math.max(floorMs, factor * usual)) return 'silent'
  }
  return isJudged ? 'usual' : 'learning'
}
