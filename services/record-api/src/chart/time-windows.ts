import type { EntryKind } from '@tideway/schemas/documents/entry'
import { linesKept, type PatientHead } from '@tideway/schemas/documents/head'
import { maxPage } from './take-page.ts'

/**
 * Times from `from` (counted in, null: however old) up to `until` (not counted in, null: however
 * new).
 */
export type TimeWindow = { from: Date | null; until: Date | null }

/**
 * Half as much again as a page, in spans of the head's lines, so that an even course fills it at
 * the first try.
 */
const spansOfLines = Math.ceil((1.5 * maxPage) / (linesKept - 1))
const widening = 8
/** No record is longer, milliseconds. */
const lifetime = 150 * 365 * 86_400_000

/**
 * Ranges of clinical time in which to look for a page, newest first; together they are all time.
 *
 * The length of the first follows from how dense the newest reports are, which the head knows, so
 * that a page of a long history touches little more than itself even on a store that reads a whole
 * range before it sorts and cuts it. Each further window is eight times as long, so that a burst of
 * results before a long quiet time costs a few reads and not the whole history.
 *
 * @param before  where the page begins; null: at the newest. The first window has no end, the
 *   page's own beginning is one
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
