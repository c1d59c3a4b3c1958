import type { Taken } from '../load/plan.ts'

/** Nothing acknowledged longer before an answer may be missing from one that says `complete`. */
const promisedMs = 5_000

/** What one answer shows of one patient, and what it claims. Times in milliseconds. */
export type Shown = {
  complete: boolean
  shownUpTo: number | null
  /** When it was requested. */
  askedAt: number
  /** Time of its newest message, as sent; null: the patient is not shown. */
  newest: number | null
  /** Messages of the results it shows; null: it is not an answer with results. */
  results: { messages: ReadonlySet<string>; most: number } | null
}

/**
 * Messages that were acknowledged, that an answer claims to have, and that are not in it.
 *
 * @param taken  acknowledged messages of the patient, as far as noted when the answer was requested
 */
export const missingFrom = (
  taken: readonly Taken[],
  { complete, shownUpTo, askedAt, newest, results }: Shown,
): Taken[] => {
  if (!complete) return []
  const upTo = Math.max(shownUpTo ?? 0, askedAt - promisedMs)
  const claimed = taken.filter(({ takenAt }) => takenAt <= upTo)
  // The time of a message is sent in seconds.
  const notNewest = claimed.filter(
    ({ madeAt }) => newest === null || newest < Math.floor(madeAt / 1000) * 1000,
  )
  const reported = claimed
    .filter(({ isResult }) => isResult)
    .sort((a, b) => b.madeAt - a.madeAt)
    .slice(0, results?.most ?? 0)
  const notReported = reported.filter(({ messageId }) => !results?.messages.has(messageId))
  return [...new Set([...notNewest, ...notReported])]
}
