import type { LedgerMessage } from '@tideway/schemas/documents/ledger'
import type { Mongo } from './client.ts'

type State = NonNullable<LedgerMessage['parked']>['state']

/** What narrows a page by an index; each is one of `{X, received, _id}` on `messages`. */
export type IndexedBy = {
  controlId?: string
  source?: string
  'parked.state'?: State
}

/** The last message of a page: the next one begins below it, newest first. */
export type Below = { received: number; _id: string }

export type NewestMessages = {
  messages: LedgerMessage[]
  /** Where to go on; null: that was the oldest. */
  next: Below | null
}

const hourMicros = 3_600_000_000
/** Widths of the first windows of receive time; the last takes all that is left. */
const windowsOfLookup = [1, 32].map((days) => days * 24 * hourMicros)
const windowsOfList = [1 / 6, 2, 16, 128, 1_024, 8_192].map((hours) => hours * hourMicros)
/** Messages read for a page of which `keep` wants few. */
const readAtMost = 2_000

type Range = { received?: number | { $gt?: number; $lt?: number }; _id?: { $gt: string } }

/**
 * Ranges of receive time, newest first, together all that is below the page before.
 *
 * Their bounds are exclusive: over a descending field SecantusDB in Python leaves out what equals
 * an inclusive one (`$gte`).
 */
const rangesOf = (by: IndexedBy, below: Below | null, now: number): Range[] => {
  const ranges: Range[] =
    below === null ? [] : [{ received: below.received, _id: { $gt: below._id } }]
  const widths = by.controlId === undefined ? windowsOfList : windowsOfLookup
  const start = below?.received ?? now
  let until = below?.received ?? null
  for (const width of widths) {
    const from = start - width
    ranges.push({ received: { $gt: from - 1, ...(until === null ? {} : { $lt: until }) } })
    until = from
  }
  return [...ranges, { received: { $lt: until ?? now } }]
}

async function* newestFirst(
  messages: Mongo['messages'],
  by: IndexedBy,
  ranges: readonly Range[],
  atMost: number,
): AsyncGenerator<LedgerMessage> {
  for (const range of ranges)
    yield* messages
      .find({ ...by, ...range })
      .sort({ received: -1, _id: 1 })
      .limit(atMost)
      .batchSize(atMost)
}

/**
 * A page of ledger messages, newest first, found by one index and in windows of receive time, each
 * wider than the one before: a store that does not stop at a limit then reads little more than the
 * page.
 *
 * @param by     at most one field, for two have no index together; what else is asked for is
 *   tested by `keep`
 * @param keep   whether a message is wanted, null: all are. Where few are, a page may be short and
 *   `next` still go on
 * @param below  the last message of the page before; null: from the newest
 * @param now    microseconds
 */
export const newestMessages = async (
  { messages }: Pick<Mongo, 'messages'>,
  by: IndexedBy,
  keep: ((message: LedgerMessage) => boolean) | null,
  below: Below | null,
  limit: number,
  now: number = Date.now() * 1000,
): Promise<NewestMessages> => {
  const page: LedgerMessage[] = []
  const atMost = keep === null ? limit + 1 : readAtMost + 1
  let read = 0
  let last: Below | null = null
  for await (const message of newestFirst(messages, by, rangesOf(by, below, now), atMost)) {
    const isWanted = keep === null || keep(message)
    const isFull = page.length === limit
    if ((isFull && isWanted) || read === readAtMost)
      return { messages: page, next: isFull ? (page.at(-1) ?? null) : last }
    read += 1
    last = message
    if (isWanted) page.push(message)
  }
  return { messages: page, next: null }
}
