import type { EntryKind } from '@tideway/schemas/documents/entry'
import { linesKept, type PatientHead } from '@tideway/schemas/documents/head'
import { maxPage } from './take-page.ts'

/**
 * Clinical times from `from` (inclusive, null: no limit) to `until` (exclusive, null: no limit).
 */
export type TimeWindow = { from: Date | null; until: Date | null }

/**
 * Length of the first window in multiples of the time that the head's lines span: one and a half
 * pages at that density, so that evenly spread results fill a page from the first window.
 */
const spansOfLines = Math.ceil((1.5 * maxPage) / (linesKept - 1))
const widening = 8
/** No record spans more, milliseconds. */
const lifetime = 150 * 365 * 86_400_000

/**
 * Ranges of clinical time to search for a page, newest first; together they cover all time.
 *
 * The length of the first comes from the density of the newest reports in the head, so that a page
 * of a long history reads little more than itself, even on a store that reads a whole range before
 * it sorts and limits. Each further window is eight times as long, so that a burst of results after
 * a long quiet time costs a few reads and not the whole history.
 *
 * @param before  where the page begins; null: at the newest. The first window has no upper limit
 */
export const timeWindows = (
  { latestReports }: Pick<PatientHead, 'latestReports'>,
  kind: EntryKind,
  before: Date | null,
): TimeWindow[] => {
  const [newest, oldest] = [latestReports[0], latestReports.at(-1)]
  if (
    kind !== 'report' ||
    latestReports.length < linesKept ||
    newest === undefined ||
    oldest === undefined
  )
    return [{ from: null, until: null }]
  const start = Math.min(newest.sortAt.getTime(), before?.getTime() ?? Number.POSITIVE_INFINITY)
  const span = Math.max(newest.sortAt.getTime() - oldest.sortAt.getTime(), 60_000) * spansOfLines
  const windows: TimeWindow[] = []
  let until: Date | null = null
  for (let wide = span; wide < lifetime; wide *= widening) {
    const from = new Date(start - wide)
    windows.push({ from, until })
    until = from
  }
  return [...windows, { from: null, until }]
}
