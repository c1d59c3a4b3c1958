import { textTable } from '../../../operate/client/table.ts'
import { goals } from '../goals.ts'
import type { Results } from '../results.ts'
import { aloneLines, byTypeLines, fhirLines, profileLines } from './alone.ts'
import { binding, fhirLineLines, latencyLines } from './line.ts'
import { queryLines } from './queries.ts'
import { ackTable, grownTable } from './rates.ts'

const goalLines = (results: Results): string[] => [
  textTable(
    [{ name: 'goal' }, { name: 'measured' }, { name: 'holds' }],
    goals(results).map(({ goal, measured, holds }) => [
      goal,
      measured,
      holds === null ? '–' : holds ? 'yes' : 'NO',
    ]),
  ),
]

/** The whole report, in text. */
export const print = (results: Results): string =>
  [
    '',
    `  ${results.machine.cores} cores, ${results.machine.model}, ${results.machine.memoryGiB} GiB, Node ${results.machine.node}; load before: ${results.machine.loadBefore}; document store: ${results.store}`,
    '',
    ...ackTable('Acknowledgements, ingest alone', results.ackAlone),
    ...ackTable('Acknowledgements, whole line', results.ackPipeline),
    ...ackTable(
      `Acknowledgements, whole line on ${results.defaultStore?.store}`,
      results.defaultStore?.ackPipeline,
    ),
    ...ackTable('Peers', results.peers),
    ...aloneLines(results),
    ...byTypeLines(results),
    ...fhirLines(results),
    ...fhirLineLines(results.fhirLine),
    ...latencyLines(results),
    ...grownTable(
      'As patients grow (filled in bulk with the documents an admission makes)',
      results.patients,
    ),
    ...grownTable(
      "As one patient's history grows (reports of eight observations, filled in bulk)",
      results.history,
    ),
    ...queryLines(results.queries),
    ...binding(results),
    ...profileLines(results),
    ...goalLines(results),
  ].join('\n')
