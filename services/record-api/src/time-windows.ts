import type { EntryKind } from '@tideway/schemas/documents/entry'
import type { PatientHead } from '@tideway/schemas/documents/head'

/** Times from `from` (counted in, null: however old) up to `until` (not counted in, null: however new). */
export type TimeWindow = { from: Date | null; until: Date | null }

/** The head's lines hold a fifth of a page; half as much again, so that an even course fills it at the first try. */
const spansOfLines = 8
const widening = 8
const fewestLines = 20

/**
 * Ranges of clinical time in which to look for a page, newest first; together they are all time.
 *
 * The length of the first follows from how dense the newest reports are, which the head knows, so that a page of a long history
 * touches little more than itself even on a store that reads a whole range before it sorts and cuts it.
 *
 * @param before  where the page begins; null: at the newest. The first window has no end, the page's own beginning is one
 */
export const timeWindows = ({ latestReports }: Pick<PatientHead, 'latestReports'>, kind: EntryKind, before: Date | null): TimeWindow[] => {
  const [newest, oldest] = [latestReports[0], latestReports.at(-1)]
  if (kind !== 'report' || latestReports.length < fewestLines || newest === undefined || oldest === undefined) return [{ from: null, until: null }]
  const start = Math.min(newest.sortAt.getTime(), before?.getTime() ?? Number.POSITIVE_INFINITY)
  const span = Math.max(newest.sortAt.getTime() - oldest.sortAt.getTime(), 60_000) * spansOfLines
  const [near, far] = [new Date(start - span), new Date(start - span * widening)]
  return [
    { from: near, until: null },
    { from: far, until: near },
    { from: null, until: far },
  ]
}
