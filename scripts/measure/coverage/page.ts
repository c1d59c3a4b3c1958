import { barOf } from '../../operate/client/table.ts'
import { table } from '../../checks/documents/table.ts'
import { fhirRules, fhirUnused, noFactsTable } from './fhir-page.ts'
import { coverageGoals } from './goals.ts'
import type { Tried } from './lost.ts'
import type { CorpusCoverage } from './measure.ts'
import { pairTables } from './pairs/tables.ts'
import type { CorpusReading } from './reading.ts'
import { frequent, messageCode, ownFaults, reasonOf, type FieldTally, tallyBy } from './tally.ts'

const barWidth = 20
const heads = [
  'messages',
  'well-formed',
  'mapped, all used',
  'mapped, some unused',
  'parked',
  'share mapped',
] as const
const cells = ({ messages, wellFormed, mapped, partly, parked }: FieldTally): string[] => [
  ...[messages, wellFormed, mapped, partly, parked].map(String),
  `\`${barOf(mapped + partly, messages, barWidth).padEnd(barWidth, '·')}\``,
]

const tallyTable = (
  name: string,
  readings: readonly CorpusReading[],
  nameOf: (reading: CorpusReading) => string,
): string =>
  table(
    [name, ...heads],
    tallyBy(readings, nameOf).map(([group, tally]) => [`\`${group}\``, ...cells(tally)]),
  )

/** Types with fewer files are grouped; the page lists no single files. */
const fewest = 3
const fhirGroup = (readings: readonly CorpusReading[]) => {
  const counts = new Map(frequent(readings.map(({ type }) => type)))
  return ({ type }: CorpusReading): string =>
    (counts.get(type) ?? 0) < fewest ? 'any other' : type
}

const listed = (items: readonly [string, number][], most: number): string =>
  items
    .slice(0, most)
    .map(([name, count]) => `\`${name}\` ${count}`)
    .join(', ')
const orNone = (text: string): string => (text === '' ? 'none' : text)

/** Distinct names, sorted. */
const namesOf = (readings: readonly CorpusReading[]): string =>
  [...new Set(readings.map(({ type }) => type))]
    .sort()
    .map((type) => `\`${type}\``)
    .join(', ')

const unusedByType = (readings: readonly CorpusReading[]): string => {
  const groups = Map.groupBy(
    readings.filter(({ unused }) => unused.length > 0),
    ({ type }) => messageCode(type),
  )
  const rows = [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, all]) => [`\`${code}\``, listed(frequent(all.flatMap(({ unused }) => unused)), 5)])
  return table(['type', 'most frequent unused fields, messages'], rows)
}

const shownLost = 25
/** By field, over all message types, most often lost first. */
const lostTable = (tried: readonly Tried[]): string => {
  const lost = Map.groupBy(
    tried.filter((one) => one.lost > 0),
    ({ name }) => name.replace(/[~.].*$/, ''),
  )
  const rows = [...lost].map(([field, all]) => ({
    field,
    count: all.reduce((sum, one) => sum + one.lost, 0),
    parts: [...new Set(all.map(({ name }) => name))].sort(),
  }))
  rows.sort((a, b) => b.count - a.count || (a.field < b.field ? -1 : 1))
  const shown = rows
    .slice(0, shownLost)
    .map(({ field, count, parts }) => [
      `\`${field}\``,
      String(count),
      parts.slice(0, 8).join(' ') + (parts.length > 8 ? ` and ${parts.length - 8} more` : ''),
    ])
  return (
    table(
      ['field', 'values lost', 'which part (component, subcomponent; ~ in a later repetition)'],
      shown,
    ) + (rows.length > shownLost ? `\n\n${rows.length - shownLost} fields more.` : '')
  )
}

/** The page as Markdown. It has no date: the same corpus and mappings give the same page. */
export const coveragePage = (coverage: CorpusCoverage): string => {
  const { hl7, fhir, tried, pairs } = coverage
  const goals = coverageGoals(coverage).map(({ goal, now, holds }) => [
    goal,
    now,
    holds ? 'yes' : '**no**',
  ])
  const faults = ownFaults([...hl7, ...fhir])
  return [
    '# Coverage',
    'What this code makes of messages that nobody here wrote: HL7v2 and FHIR test messages of public projects, read as the sandbox port reads them. Made by `npm run coverage`;',
    '`npm run check` keeps it true where the corpus is there. `npm run coverage -- --verbose` names every file and place.\n',
    table(['goal', 'now', 'holds'], goals),
    '\nWell-formed: it can be parsed, has MSH-9 and MSH-10, holds the segments and fields its type cannot do without (`scripts/measure/coverage/expected.ts`), names one patient, and no deciding',
    "field holds what is not of its type. Types outside the design's table are parked as unmapped, which is what they should be.\n",
    `In the table, well-formed and not mapped: ${orNone(namesOf(faults))}.\n`,
    '## HL7v2 by type\n',
    tallyTable('type', hl7, ({ type }) => messageCode(type)),
    '\n## By repository\n',
    tallyTable('repository', [...hl7, ...fhir], ({ repository }) => repository),
    '\n## FHIR by type\n',
    ...fhirRules,
    tallyTable('type', fhir, fhirGroup(fhir)),
    ...noFactsTable(fhir),
    '\n## Parked or refused\n',
    table(
      ['why', 'messages'],
      frequent(
        [...hl7, ...fhir].flatMap((reading) =>
          reading.malformed === null
            ? (reasonOf(reading) ?? [])
            : `not well-formed: ${reading.malformed}`,
        ),
      )
        .slice(0, 15)
        .map(([why, count]) => [why, String(count)]),
    ),
    '\n## Not used\n',
    `The ten most frequent: ${orNone(listed(frequent(hl7.flatMap(({ unused }) => unused)), 10))}.\n`,
    unusedByType(hl7),
    ...fhirUnused(fhir),
    '\n## Read, but lost\n',
    'Each value that counts as used is changed, and the message read again: if no event says anything else and nothing is listed as unused, the value was dropped silently. Set ids, check',
    `digits and the header are left out. Of each kind of value (type, field, component) up to five are tried: ${tried.reduce((sum, one) => sum + one.tried, 0)} in all.\n`,
    lostTable(tried),
    ...pairTables(pairs),
    '',
  ].join('\n')
}
