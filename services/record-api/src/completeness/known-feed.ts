import type { FeedGaps } from '@tideway/schemas/documents/feed-gaps'
import type { Feed } from '@tideway/schemas/documents/ledger'
import type { PlannedSilence } from '@tideway/schemas/source'
import { type FeedState, feedStateOf } from './feed-state.ts'

/** What is known of the habits of a source. */
export type FeedHabits = { gaps: FeedGaps | null; planned: readonly PlannedSilence[] }

/** A source, when it was heard last and how often it usually is. */
export type KnownFeed = Feed & FeedHabits

/**
 * @param feed  null if the ledger has no message of it
 * @param at    up to when every message is in the ledger, milliseconds: a ledger that lags says
 *   nothing of the source. Null: not known
 */
export const stateOfFeed = (feed: KnownFeed | null, at: number | null): FeedState =>
  feed === null || at === null
    ? 'learning'
    : feedStateOf(feed.lastReceivedAt, feed.gaps, feed.planned, at)

/** Sources that are silent for longer than is usual. */
export const silentSources = (feeds: readonly KnownFeed[], at: number | null): string[] =>
  feeds.filter((feed) => stateOfFeed(feed, at) === 'silent').map(({ _id }) => _id)
