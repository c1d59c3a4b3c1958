import { createMetrics } from '@tideway/runtime/metrics'
import { type FeedGaps, hoursOfWeek } from '@tideway/schemas/documents/feed-gaps'
import { expect, test } from 'vitest'
import { feedWatch } from './watch-feeds.ts'

const now = Date.parse('2026-12-02T10:00:00Z')
const everyMinute: FeedGaps = {
  _id: 'RJZ',
  heard: new Date(now),
  hours: Array.from({ length: hoursOfWeek }, () => [60, 60, 60]),
  weeks: Array.from({ length: hoursOfWeek }, () => 1),
}

test('a silent source is exposed as a metric, a planned one is not; habits are known by source', async () => {
  const metrics = createMetrics()
  let accounted: number | null = now
  const heard = (minutesAgo: number) => ({
    lastReceivedAt: new Date(now - minutesAgo * 60_000),
    lastType: null,
  })
  const watch = feedWatch({
    feeds: async () => [
      { _id: 'RJZ', ...heard(20) },
      { _id: 'RJ1', ...heard(1) },
      { _id: 'RJ2', ...heard(20) },
      { _id: 'NEW', ...heard(600) },
    ],
    gaps: async () => ['RJZ', 'RJ1', 'RJ2'].map((_id) => ({ ...everyMinute, _id })),
    planned: new Map([['RJ2', [{ from: '2026-12-02T09:00Z', until: '2026-12-02T11:00Z' }]]]),
    now: () => now,
    accountedUpTo: () => accounted,
    log: { warn: () => {} } as unknown as Parameters<typeof feedWatch>[0]['log'],
    metrics,
  })
  expect(watch.habitsOf('RJZ')).toEqual({ gaps: null, planned: [] })
  await watch.look()
  expect(watch.habitsOf('RJZ').gaps?.hours).toHaveLength(hoursOfWeek)
  const text = await metrics.text()
  for (const [source, silent] of Object.entries({ RJZ: 1, RJ1: 0, RJ2: 0, NEW: 0 }))
    expect(text).toContain(`tideway_feed_silent{source="${source}"} ${silent}`)
  expect(text).toContain('tideway_feed_age_seconds{source="RJZ"} 1200')

  // While the ledger lags, or it is not known whether it does, no source is called silent.
  for (const at of [now - 10 * 60_000, null]) {
    accounted = at
    await watch.look()
    expect(await metrics.text()).toContain('tideway_feed_silent{source="RJZ"} 0')
  }
})
