import type { Mappings } from '@tideway/hl7-ingest/normalise/load-mappings'
import type { LedgerMessage } from '@tideway/schemas/documents/ledger'
import type { Source } from '@tideway/schemas/source'
import { pollUntil } from '../client/poll.ts'
import { showProgress } from '../client/progress.ts'
import { isArchived } from '../message-in-archive.ts'
import { openStores, type OperatorStores } from '../open-line.ts'
import { addMessage, emptyFeed, type FeedSummary } from './feed.ts'
import { filesAt, messagesIn, messagesOf } from './inputs.ts'

const everyMs = 1_000
/** Messages are in the ledger within a second and in the archive within its interval, 5 s. */
const archivedWithinMs = 20_000
/** Messages received earlier are archived, unless the archiver is down. */
const recentMs = 10 * 60_000
/** Enough to see the newest message of every partition. */
const newestMessages = 500

/** Messages of one source, received from `from` on and before `to`, milliseconds since 1970 UTC. */
export type ArchiveRange = { ods: string; source: Source | null; from: number; to: number }

/** Reads every message of files and folders. */
export const readFiles = (
  paths: readonly string[],
  source: Source | null,
  mappings: Mappings,
): FeedSummary => {
  const feed = emptyFeed()
  const files = filesAt(paths)
  const progress = showProgress('reading', files.length, process.stderr)
  for (const file of files) {
    for (const sent of messagesIn(file, source)) addMessage(feed, sent, mappings)
    progress.add(1)
  }
  progress.end()
  return feed
}

/** The newest message of each partition in the last ten minutes of the range. */
const newestOfPartitions = async (
  { mongo }: Pick<OperatorStores, 'mongo'>,
  { ods, from, to }: ArchiveRange,
): Promise<LedgerMessage[]> => {
  const newest = await mongo.messages
    .find({
      source: ods,
      // Exclusive bounds: SecantusDB in Python omits what equals an inclusive one.
      received: { $gt: Math.max(from, to - recentMs) * 1000 - 1, $lt: to * 1000 },
    })
    .sort({ received: -1 })
    .limit(newestMessages)
    .toArray()
  const byPartition = Map.groupBy(newest, ({ partition }) => partition)
  return [...byPartition.values()].map((those) =>
    those.reduce((one, other) => (other.offset > one.offset ? other : one)),
  )
}

/**
 * Waits until the messages of the range that just came are archived, or for 20 s. Nothing is waited
 * for in a range that ended earlier.
 *
 * @returns false if some were not archived in time
 */
export const waitForArchive = async (
  stores: Pick<OperatorStores, 'mongo'>,
  range: ArchiveRange,
  withinMs = archivedWithinMs,
): Promise<boolean> => {
  const isRecent = range.to > Date.now() - archivedWithinMs
  const found = await pollUntil(
    () => newestOfPartitions(stores, range),
    (newest) => newest.length > 0 || !isRecent,
    Math.min(withinMs, 5_000),
  )
  return pollUntil(
    async () => (await Promise.all(found.map((one) => isArchived(stores, one)))).every(Boolean),
    (archived) => archived,
    withinMs,
    500,
  )
}

/** Reads the archived messages of one source; messages that just came are waited for. */
export const readArchive = async (
  env: NodeJS.ProcessEnv,
  range: ArchiveRange,
  mappings: Mappings,
): Promise<FeedSummary> => {
  const stores = await openStores(env)
  const feed = emptyFeed()
  let shownAt = performance.now()
  try {
    if (!(await waitForArchive(stores, range)))
      console.error('  the newest messages are not archived yet and are not in the report')
    const { ods, source, from, to } = range
    for await (const sent of messagesOf(stores, ods, source, from, to)) {
      addMessage(feed, sent, mappings)
      if (performance.now() - shownAt < everyMs) continue
      shownAt = performance.now()
      const at = new Date(sent.receivedAt ?? 0).toISOString()
      process.stderr.write(
        `${process.stderr.isTTY ? '\r\x1b[K' : ''}  ${feed.messages} messages, now at ${at}${process.stderr.isTTY ? '' : '\n'}`,
      )
    }
  } finally {
    await stores.close()
  }
  return feed
}
