import { type Heard, learnGaps, withHeard } from '@tideway/archiver/ledger/learn-gaps'
import type { FeedGaps } from '@tideway/schemas/documents/feed-gaps'
import { expect, test } from 'vitest'
import { feedStateOf } from './feed-state.ts'

const minuteMs = 60_000
const time = (text: string): number => Date.parse(text)

/** Times of messages, each `everyMinutes` after the one before, where the source sends. */
function* messages(
  from: string,
  until: string,
  everyMinutes: number,
  sends: (at: Date) => boolean = () => true,
): Generator<number> {
  for (let at = time(from); at < time(until); at += everyMinutes * minuteMs)
    if (sends(new Date(at))) yield at
}

/** What is learned from messages, written now and then, as by a process that is restarted. */
const learned = (times: Iterable<number>, written = 37): { gaps: FeedGaps; last: Date } => {
  let gaps: FeedGaps | null = null
  let heard: Heard | undefined
  let count = 0
  for (const at of times) {
    heard = withHeard(heard, at)
    count += 1
    if (count % written > 0) continue
    gaps = learnGaps(gaps, 'RJZ', heard)
    heard = undefined
  }
  if (heard !== undefined) gaps = learnGaps(gaps, 'RJZ', heard)
  return { gaps: gaps as FeedGaps, last: (gaps as FeedGaps).heard }
}

const london = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  weekday: 'short',
  hour: '2-digit',
  hourCycle: 'h23',
})
const inLondon = (at: Date): { day: string; hour: number } => {
  const parts = london.formatToParts(at)
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
  return { day: part('weekday'), hour: Number(part('hour')) }
}

/** A hospital: a message every other minute from six to midnight, every day. */
const byDay = (at: Date): boolean => inLondon(at).hour >= 6
/** A practice: weekdays from eight to six, one every twenty minutes. */
const officeHours = (at: Date): boolean => {
  const { day, hour } = inLondon(at)
  return !['Sat', 'Sun'].includes(day) && hour >= 8 && hour < 18
}

const state = (
  { gaps, last }: { gaps: FeedGaps; last: Date },
  now: string,
  planned: { from: string; until: string }[] = [],
) => feedStateOf(last, gaps, planned, time(now))

test('a silence by day is noticed in a quarter of an hour, that of each night is usual', () => {
  const days = learned(messages('2026-10-26T00:00Z', '2026-12-02T10:00Z', 2, byDay))
  expect(state(days, '2026-12-02T10:10Z')).toBe('usual')
  expect(state(days, '2026-12-02T10:16Z')).toBe('silent')
  const night = learned(messages('2026-10-26T00:00Z', '2026-12-02T00:00Z', 2, byDay))
  expect(state(night, '2026-12-02T05:50Z')).toBe('usual')
  expect(state(night, '2026-12-02T07:20Z')).toBe('silent')
})

test('a weekend of a practice is usual, a silent Monday morning is not', () => {
  const week = learned(messages('2026-10-12T00:00Z', '2026-11-28T00:00Z', 20, officeHours), 5)
  expect(state(week, '2026-11-29T12:00Z')).toBe('usual')
  expect(state(week, '2026-11-30T07:30Z')).toBe('usual')
  expect(state(week, '2026-11-30T10:00Z')).toBe('silent')
})

test('one outage teaches nothing; what repeats does', () => {
  const outage = (days: string[]) => (at: Date) =>
    !(
      days.includes(at.toISOString().slice(0, 10)) &&
      at.getUTCHours() >= 9 &&
      at.getUTCHours() < 15
    )
  const after = (days: string[]) =>
    learned(messages('2026-10-26T00:00Z', '2026-12-02T10:00Z', 2, outage(days)))
  expect(state(after(['2026-11-18']), '2026-12-02T10:30Z')).toBe('silent')
  expect(state(after(['2026-11-11', '2026-11-18', '2026-11-25']), '2026-12-02T10:30Z')).toBe(
    'usual',
  )
})

test('nothing is claimed before three weeks of an hour are known, or of a source never heard', () => {
  const fresh = learned(messages('2026-11-20T00:00Z', '2026-12-02T09:00Z', 2))
  expect(state(fresh, '2026-12-02T13:00Z')).toBe('learning')
  expect(feedStateOf(null, null, [], time('2026-12-02T13:00Z'))).toBe('learning')
})

test('a source that stays away for weeks stays silent', () => {
  const gone = learned(messages('2026-09-01T00:00Z', '2026-11-01T00:00Z', 2))
  expect(state(gone, '2026-12-02T13:00Z')).toBe('silent')
})

test('an announced silence is planned, and only what follows it counts', () => {
  const days = learned(messages('2026-10-26T00:00Z', '2026-12-02T10:00Z', 2))
  const planned = [{ from: '2026-12-02T10:00Z', until: '2026-12-02T14:00Z' }]
  expect(state(days, '2026-12-02T13:59Z', planned)).toBe('planned')
  expect(state(days, '2026-12-02T14:10Z', planned)).toBe('usual')
  expect(state(days, '2026-12-02T14:16Z', planned)).toBe('silent')
})

test('the morning keeps its hour when the clocks change', () => {
  const summer = learned(messages('2026-09-14T00:00Z', '2026-10-26T00:00Z', 2, byDay))
  expect(state(summer, '2026-10-26T05:50Z')).toBe('usual')
  expect(state(summer, '2026-10-26T07:20Z')).toBe('silent')
})

test('the same messages read again, or written at once, teach the same', () => {
  const times = [...messages('2026-11-01T00:00Z', '2026-11-20T00:00Z', 7, byDay)]
  const once = learned(times, 1_000_000)
  expect(learned(times, 3)).toEqual(once)
  let { gaps } = once
  for (const at of times.slice(-50)) gaps = learnGaps(gaps, 'RJZ', withHeard(undefined, at))
  expect(gaps).toEqual(once.gaps)
})
