import type { KindDifferences } from '@tideway/projector/rebuild/compare'
import { type Column, textTable } from '../client/table.ts'

const grouped = (count: number): string => count.toLocaleString('en-GB')

const leftFor = (seconds: number): string =>
  seconds < 90 ? `${Math.ceil(seconds)} s left` : `${Math.ceil(seconds / 60)} min left`

/**
 * `  41 % of 1,234,567 events, 5,120/s, 2 min left`
 *
 * @param began  events that were applied when this run began, and the seconds since then
 */
export const progressLine = (
  { done, total }: { done: number; total: number },
  began: { done: number; seconds: number },
): string => {
  const perSecond = (done - began.done) / Math.max(began.seconds, 0.001)
  const share = total === 0 ? 100 : Math.floor((done / total) * 100)
  const left = perSecond > 0 ? `, ${leftFor((total - done) / perSecond)}` : ''
  return `  ${share} % of ${grouped(total)} events, ${grouped(Math.round(perSecond))}/s${left}`
}

const columns: Column[] = [
  { name: 'kind' },
  { name: 'same', right: true },
  { name: 'differing', right: true },
  { name: 'only before', right: true },
  { name: 'only after', right: true },
]

const pathLines = ([kind, { paths }]: readonly [string, KindDifferences]): string[] =>
  [...paths]
    .toSorted(([, a], [, b]) => b - a)
    .map(([path, count]) => `    ${kind}  ${path}  ${grouped(count)}`)

/** What differs between two generations: counts and paths of fields, no values. */
export const differencesText = (differences: ReadonlyMap<string, KindDifferences>): string => {
  const rows = [...differences].toSorted(([a], [b]) => a.localeCompare(b))
  const table = textTable(
    columns,
    rows.map(([kind, { same, differing, onlyBefore, onlyAfter }]) => [
      kind,
      ...[same, differing, onlyBefore, onlyAfter].map(grouped),
    ]),
  )
  const paths = rows.flatMap(pathLines)
  return paths.length === 0
    ? `${table}\n  no field differs`
    : `${table}\n  fields that differ, with the number of documents:\n${paths.join('\n')}`
}
