import type { PatientRecord } from '@tideway/record-api/json/record'
import { textTable } from '../operate/client/table.ts'
import { instantOf, shownTime } from './times.ts'

type Report = PatientRecord['reports'][number]
type Observation = Report['observations'][number]
type Point = { report: Report; observation: Observation; at: number }

const words: Record<string, string> = {
  H: 'H ↑',
  HH: 'HH ↑↑',
  L: 'L ↓',
  LL: 'LL ↓↓',
  A: 'A abnormal',
  AA: 'AA ↑↑',
}
const shownFlag = (flags: readonly string[]): string =>
  flags
    .filter((flag) => flag !== 'N')
    .map((flag) => words[flag] ?? flag)
    .join(' ')
const statusWord: Partial<Record<Observation['status'], string>> = {
  preliminary: 'preliminary',
  corrected: 'corrected',
  amended: 'amended',
  'entered-in-error': 'withdrawn',
  'wrong-patient': 'withdrawn',
  cancelled: 'cancelled',
}

const notCurrentWord = {
  'not-confirmed': 'not confirmed',
  'not-in-latest-version': 'not in the latest version',
  'parent-not-current': 'of a result that is not current',
} as const satisfies Record<NonNullable<Observation['notCurrent']>, string>

const shownStatus = ({ status, notCurrent }: Observation): string | undefined =>
  notCurrent === undefined ? statusWord[status] : notCurrentWord[notCurrent]

/** A value with its abnormal flag, whether it is preliminary, and its value before a correction. */
const shownValue = ({ observation }: Point): string => {
  const replaced = observation.status === 'corrected' ? observation.earlier[0]?.value : undefined
  const status = [shownStatus(observation), replaced == null ? null : `was ${replaced}`]
    .filter((part) => part != null)
    .join(', ')
  return [
    observation.value ?? '–',
    shownFlag(observation.flags).split(' ')[0],
    status === '' ? '' : `(${status})`,
  ]
    .filter((part) => part !== '')
    .join(' ')
}

const isMeasured = ({ valueType, value }: Observation) =>
  value !== undefined && !['TX', 'FT', 'ST'].includes(valueType ?? '')

/** Values of one test in one unit share a row; units are never mixed. */
const testOf = ({ code, unit }: Observation): string =>
  `${code.code ?? code.text}\t${unit?.code ?? ''}`

const earlierWidth = 38
const nameWidth = 18

/** Earlier values, as many as fit. */
const shownEarlier = (points: readonly Point[]): string => {
  let text = ''
  for (const value of points.map(shownValue)) {
    const longer = text === '' ? value : `${text} ‹ ${value}`
    if (longer.length > earlierWidth) return text === '' ? value : `${text} ‹ …`
    text = longer
  }
  return text
}

/** Values by test, newest first; critical tests first, then abnormal ones. */
const testsOf = ({ reports }: PatientRecord): [Point, ...Point[]][] => {
  const points = reports
    .flatMap((report) =>
      report.observations.map(
        (observation): Point => ({
          report,
          observation,
          at: instantOf(observation.observedAt ?? report.collectedAt ?? report.issuedAt) ?? 0,
        }),
      ),
    )
    .filter(({ observation }) => isMeasured(observation))
    .sort((a, b) => b.at - a.at)
  const gravity = (own: readonly Point[]) =>
    Math.max(
      ...own
        .flatMap(({ observation }) =>
          observation.notCurrent === undefined ? observation.flags : [],
        )
        .map((flag) => (/^(HH|LL|AA)$/.test(flag) ? 2 : /^[HLA]$/.test(flag) ? 1 : 0)),
      0,
    )
  return (
    [...Map.groupBy(points, ({ observation }) => testOf(observation)).values()] as [
      Point,
      ...Point[],
    ][]
  ).sort((a, b) => gravity(b) - gravity(a) || b.length - a.length)
}

const headlines = 5

/** The most abnormal tests in one line. Null if there are none. */
export const gravestLine = (record: PatientRecord): string | null =>
  testsOf(record)
    .filter(([{ observation }]) => observation.notCurrent === undefined)
    .slice(0, headlines)
    .map(
      ([newest]) =>
        `${newest.observation.code.text ?? newest.observation.code.code} ${shownValue(newest)}`,
    )
    .join(' · ') || null

/**
 * The newest value of each test with earlier ones, newest first; critical tests first, then
 * abnormal ones.
 */
export const resultsTable = (record: PatientRecord): string | null => {
  const tests = testsOf(record)
  if (tests.length === 0) return null
  const rows = tests.map(([{ observation, report }, ...earlier]) => [
    (observation.code.text ?? observation.code.code ?? '').slice(0, nameWidth),
    observation.value ?? '–',
    [shownFlag(observation.flags), shownStatus(observation)].filter(Boolean).join(' '),
    observation.unit?.code ?? '',
    observation.range ?? '',
    shownTime(observation.observedAt ?? report.collectedAt).slice(-5),
    shownEarlier(earlier),
  ])
  return textTable(
    [
      { name: 'test' },
      { name: 'now', right: true },
      { name: 'flag' },
      { name: 'unit' },
      { name: 'range' },
      { name: 'taken' },
      { name: 'before' },
    ],
    rows,
  )
}
