import { textTable } from '../../../operate/client/table.ts'
import type { QueryResults } from '../queries/measure-queries.ts'
import type { Timed } from '../queries/time-queries.ts'
import { number, right } from './format.ts'

const byQuery = (timed: readonly Timed[]): Timed[][] => [
  ...Map.groupBy(timed, ({ service, name }) => `${service}|${name}`).values(),
]

/** How many times as long at the largest size as at the smallest. */
const growth = (rows: readonly Timed[], of: (row: Timed) => number): number | null => {
  const [first, last] = [rows[0], rows.at(-1)]
  return first === undefined || last === undefined || first === last ? null : of(last) / of(first)
}

const queryTable = ({ store, sizes, timed }: QueryResults): string[] => [
  `  Every query of every service on ${store}, one at a time, at ${sizes.map((size) => number(size)).join(' and ')} messages`,
  textTable(
    [
      { name: 'service' },
      { name: 'query' },
      ...sizes.flatMap((size) => [
        right(`p50 ms at ${number(size)}`),
        right('p95'),
        right('CPU ms of the store'),
      ]),
      right('p50 grows'),
    ],
    byQuery(timed).map((rows) => [
      rows[0]?.service ?? '',
      rows[0]?.name ?? '',
      ...rows.flatMap(({ p50, p95, storeCpuMs }) => [
        number(p50, 1),
        number(p95, 1),
        number(storeCpuMs, 1),
      ]),
      `${number(
        growth(rows, ({ p50 }) => p50),
        1,
      )} times`,
    ]),
  ),
  '',
]

const readTable = ({ store, sizes, reads }: QueryResults): string[] => [
  `  Mixed reads over HTTP on ${store} at ${number(sizes.at(-1))} messages: ${number(reads.rate)}/s asked, ${number(reads.perSecond)}/s answered, ${number(reads.failed)} failed`,
  textTable(
    [{ name: 'read' }, right('p50 ms'), right('p95'), right('p99')],
    (['record', 'ledger', 'search', 'section'] as const).map((kind) => [
      kind,
      number(reads[kind]?.p50, 1),
      number(reads[kind]?.p95, 1),
      number(reads[kind]?.p99, 1),
    ]),
  ),
  '',
]

/** Two tables for each store. */
export const queryLines = (stores: readonly QueryResults[] | undefined): string[] =>
  (stores ?? []).flatMap((results) => [...queryTable(results), ...readTable(results)])
