import { table } from '../../../checks/documents/table.ts'
import { frequent, messageCode } from '../tally.ts'
import type { Pair } from './read-pairs.ts'

const shown = (texts: readonly string[], most: number): string =>
  frequent(texts)
    .slice(0, most)
    .map(([text, count]) => `${text} ${count}`)
    .join(', ')
const sum = (pairs: readonly Pair[], count: (pair: Pair) => number): number =>
  pairs.reduce((total, pair) => total + count(pair), 0)

/**
 * Facts of the other converter by message type and kind, without those of types outside our table.
 */
export const pairTables = (pairs: readonly Pair[]): string[] => {
  const compared = pairs.filter(({ fate }) => fate === 'events')
  const byType = [...Map.groupBy(compared, ({ type }) => messageCode(type))].sort(([a], [b]) =>
    a < b ? -1 : 1,
  )
  const facts = compared.flatMap(({ held, missed }) => [
    ...held.map(({ kind }) => ({ kind, told: true })),
    ...missed.map(({ kind }) => ({ kind, told: false })),
  ])
  const byKind = [...Map.groupBy(facts, ({ kind }) => kind)].sort(([a], [b]) => (a < b ? -1 : 1))
  return [
    '\n## Beside another converter\n',
    `Microsoft's FHIR-Converter made FHIR of ${pairs.length} HL7v2 messages of the corpus; ${compared.length} are well-formed and of types that must give events. Each fact of its output that stands in the message is looked for in our`,
    "events: names by part, times by day or instant, codes by code, numbers by value, an observation's facts in the observation of that code. What it made up itself is left out, and so are",
    'accounts, coverage, charges, devices, provenance, and what stands in segments of insurance and billing only.\n',
    table(
      [
        'type',
        'pairs',
        'facts',
        'in our events',
        'missing',
        'missing most',
        'only ours',
        'only ours, most',
      ],
      byType.map(([code, all]) => {
        const [told, missing] = [
          sum(all, ({ held }) => held.length),
          sum(all, ({ missed }) => missed.length),
        ]
        const ours = all.flatMap(({ onlyOurs }) =>
          onlyOurs.map(({ type, path }) => `${type}.${path}`),
        )
        const kinds = shown(
          all.flatMap(({ missed }) => missed.map(({ kind }) => kind)),
          4,
        )
        return [
          `\`${code}\``,
          String(all.length),
          String(told + missing),
          String(told),
          String(missing),
          kinds,
          String(ours.length),
          shown(ours, 2),
        ]
      }),
    ),
    '',
    table(
      ['fact', 'in the messages', 'in our events', 'missing'],
      byKind.map(([kind, all]) => {
        const told = all.filter((fact) => fact.told).length
        return [kind, String(all.length), String(told), String(all.length - told)]
      }),
    ),
  ]
}
