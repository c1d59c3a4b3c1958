import type { FeedGaps } from '@tideway/schemas/documents/feed-gaps'
import type { Feed } from '@tideway/schemas/documents/ledger'
import type { PlannedSilence } from '@tideway/schemas/source'
import { type FeedState, feedStateOf } from './feed-state.ts'

/** What is known of the habits of a source. */
export type FeedHabits = { gaps: FeedGaps | null; planned: readonly PlannedSilence[] }

/** A source, when it was heard last and how often it usually is. */
export type KnownFeed = Feed & FeedHabits

/** @param feed  null if the ledger has no message of it */
export const stateOfFeed = (feed: KnownFeed | null, now: Date): FeedState =>
  feed === null
    ? 'learning'
    : feedStateOf(feed.lastReceivedAt, feed.gaps, feed.planned, now.getTime())

/** Sources that are silent for longer than is usual. */
export const silentSources = (feeds: readonly KnownFeed[], now: Date): string[] =>
  feeds.filter((feed) => stateOfFeed(feed, now) === 'silent').map(({ _id }) => _id)
