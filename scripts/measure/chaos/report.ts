import { textTable } from '../../operate/client/table.ts'
import type { LoadOutcome } from '../load/plan.ts'
import { quantiles } from '../load/quantiles.ts'
import type { fhirLoad } from './fhir-load.ts'
import type { Kill } from './kill.ts'
import type { ActDone } from './operator-acts.ts'
import { faultCount, type Verdict } from './verify.ts'
import type { Watched } from './watch-complete.ts'

const seconds = (ms: number | undefined) => (ms === undefined ? '–' : `${(ms / 1000).toFixed(1)} s`)

const killTable = (kills: readonly Kill[]): string => {
  const byName = Map.groupBy(kills, ({ names }) => names.toSorted().join(' + '))
  const rows = [...byName].map(([name, own]) => {
    const times = quantiles(own.flatMap(({ recoveredMs }) => recoveredMs ?? []))
    return [
      name,
      String(own.length),
      seconds(times?.p50),
      seconds(times?.max),
      String(own.filter(({ recoveredMs }) => recoveredMs === null).length),
    ]
  })
  return textTable(
    [
      { name: 'killed (-9)' },
      { name: 'times', right: true },
      { name: 'ready again, median', right: true },
      { name: 'longest', right: true },
      { name: 'never', right: true },
    ],
    rows,
  )
}

const actLines = (acts: readonly ActDone[]): string[] =>
  acts.map(({ name, isDone, ms }) => `  ${isDone ? 'done  ' : 'FAILED'}  ${name}: ${seconds(ms)}`)

/** At most so many wrong answers are printed. */
const mostWrong = 20

const watchedLines = ({ answers, wrong }: Watched): string[] => {
  const { complete, incomplete, unknown, failed } = answers
  return [
    `  answers read meanwhile: ${complete} complete, ${incomplete} incomplete, ${unknown} unknown, ${failed} failed`,
    `  said complete without what they claimed: ${wrong.length}`,
    ...wrong.slice(0, mostWrong).map((one) => `    ${one}`),
  ]
}

/** What was done to the stack, and what its answers claimed meanwhile. */
type Disturbed = { kills: readonly Kill[]; acts: readonly ActDone[]; watched: Watched }

/** The report of a run as text. */
export const report = (
  { kills, acts, watched }: Disturbed,
  load: LoadOutcome,
  bundles: Awaited<ReturnType<typeof fhirLoad>>,
  taken: number,
  verdict: Verdict,
): string => {
  const { archive, record } = verdict
  const codes = Object.entries(load.codes)
    .map(([code, count]) => `${code} ${count}`)
    .join(', ')
  const checks: [string, number][] = [
    ['in the archive: lost', archive.lost.length],
    ['in the archive: more than once', archive.doubled.length],
    ['in the archive: other bytes', archive.wrong.length],
    ['not in the ledger', verdict.notInLedger],
    ['not applied to the record', verdict.notProjected],
    ['parked', verdict.parked],
    ['documents missing', record.missing.length],
    ['documents different from one application of each message', record.different.length],
    ['documents that no message explains', record.surplus.length],
  ]
  return [
    killTable(kills),
    '',
    ...actLines(acts),
    '',
    ...watchedLines(watched),
    '',
    `  answers: ${codes}; sent again after a lost connection or AE: ${load.resent}; reconnects: ${load.reconnects}; late answers ignored: ${load.unmatched}`,
    `  Bundles answered 2xx: ${bundles.taken.length}, of patients: ${new Set(bundles.taken.map(({ mrn }) => mrn)).size}; sent again: ${bundles.resent}`,
    `  acknowledged ${taken} messages in all, of HL7 v2 ${Math.round(load.perSecond)}/s; ACK p50 ${load.ackMs?.p50.toFixed(0)} ms, p99 ${load.ackMs?.p99.toFixed(0)} ms; longest without any answer ${seconds(load.longestSilenceMs)}`,
    `  quiet and complete after ${seconds(verdict.settledMs)}`,
    '',
    textTable(
      [{ name: `of ${taken} messages taken into custody` }, { name: 'count', right: true }],
      checks.map(([what, count]) => [what, String(count)]),
    ),
    '',
    faultCount(verdict) + watched.wrong.length === 0
      ? '  NOTHING LOST, NOTHING DOUBLED: every message is in the archive, in the ledger and in the record, once; no answer claimed more.'
      : '  FAILED: see the counts above.',
  ].join('\n')
}
