import { setTimeout as wait } from 'node:timers/promises'
import type { FeedGaps } from '@tideway/schemas/documents/feed-gaps'
import type { Feed } from '@tideway/schemas/documents/ledger'
import type { PlannedSilence } from '@tideway/schemas/source'
import type { Log } from '@tideway/runtime/log'
import type { Metrics } from '@tideway/runtime/metrics'
import { type FeedHabits, stateOfFeed } from './known-feed.ts'

type FeedPorts = {
  feeds: () => Promise<Feed[]>
  gaps: () => Promise<FeedGaps[]>
  planned: ReadonlyMap<string, readonly PlannedSilence[]>
  /** Milliseconds since 1970 UTC. */
  now: () => number
  /** Up to when every message is in the ledger; null: not known. */
  accountedUpTo: () => number | null
  log: Pick<Log, 'warn'>
  metrics: Metrics
}

/** Habits change slowly; an alert may be so late. Milliseconds. */
const everyMs = 15_000

/** Knows the habits of every source, and exposes which of them are silent. */
export const feedWatch = ({
  feeds,
  gaps,
  planned,
  now,
  accountedUpTo,
  log,
  metrics,
}: FeedPorts) => {
  let habits = new Map<string, FeedGaps>()
  let isOver = false
  const silent = metrics.gauge(
    'feed_silent',
    '1 for a source that has sent nothing for longer than is usual, else 0',
    ['source'],
  )
  const age = metrics.gauge('feed_age_seconds', 'Time since the newest message of a source', [
    'source',
  ])

  const habitsOf = (source: string): FeedHabits => ({
    gaps: habits.get(source) ?? null,
    planned: planned.get(source) ?? [],
  })

  const look = async (): Promise<void> => {
    const [heard, learned] = await Promise.all([feeds(), gaps()])
    habits = new Map(learned.map((each) => [each._id, each]))
    const at = accountedUpTo()
    for (const feed of heard) {
      const state = stateOfFeed({ ...feed, ...habitsOf(feed._id) }, at)
      silent.set({ source: feed._id }, state === 'silent' ? 1 : 0)
      age.set({ source: feed._id }, Math.max(0, now() - feed.lastReceivedAt.getTime()) / 1000)
    }
  }

  const run = async (): Promise<void> => {
    while (!isOver) {
      await look().catch((cause: unknown) => log.warn({ cause }, 'feeds not read, retrying'))
      await wait(everyMs, undefined, { ref: false })
    }
  }

  return {
    habitsOf,
    look,
    start: (): void => void run(),
    close: (): void => {
      isOver = true
    },
  }
}
