import type {
  ObservationReported,
  Origin,
  Report,
  ReportObservation,
} from '@tideway/schemas/documents/entry'
import { newestSaid } from '../entries/kept-statements.ts'
import { isWithdrawnObservation } from '../withdrawal/is-withdrawn.ts'
import {
  earlierValues,
  retractionByReport,
  shownValue,
} from '../withdrawal/shown-after-withdrawal.ts'
import { showsReportField } from '../withdrawal/shown-header.ts'
import type { Path } from './locate.ts'
import type { ValueSource } from './value-source.ts'

const source = (
  { message, place }: Origin,
  record: string,
  said: object,
  path: Path,
  value: Path,
): ValueSource => ({ value, message, place, record, said, path })

/** The newest statement of each header field. */
const headerSources = (report: Report): ValueSource[] => {
  const seen = new Set<string>()
  return report.header.flatMap((contribution) =>
    Object.keys(contribution.fields).flatMap((name) => {
      if (seen.has(name) || !showsReportField(report, name)) return []
      seen.add(name)
      return [source(contribution, 'ResultReported', contribution.fields, [name], [name])]
    }),
  )
}

/** Fields that are no value of the statement: its origin, and what identifies the observation. */
const notValues: ReadonlySet<string> = new Set([
  'message',
  'place',
  'source',
  'version',
  'elsewhere',
  'sentKey',
  'sentCode',
  'pending',
  'parent',
  'ownReportId',
  'ownKey',
  'status',
  'statusAsSent',
  'statusSystem',
])
/** Stated by the newest statement, whichever one the value comes from. */
const newestFields: ReadonlySet<string> = new Set(['producer', 'method', 'bodySite'])

const valuesOf = (reported: ObservationReported, at: Path): ValueSource[] =>
  Object.keys(reported)
    .filter((name) => !notValues.has(name) && !newestFields.has(name))
    .map((name) => source(reported, 'Observation', reported, [name], [...at, name]))

const asSentFields = ['statusAsSent', 'statusSystem']
const asSentOf = (reported: ObservationReported, at: Path): ValueSource[] =>
  asSentFields.map((name) => source(reported, 'Observation', reported, [name], [...at, name]))

/** Why it was cancelled: its own value, or the notes of the message that cancelled the report. */
const reasonSource = (report: Report, observation: ReportObservation, at: Path): ValueSource => {
  const newest = newestSaid(observation) as ObservationReported
  const retraction = retractionByReport(report, observation)
  const said = report.header.find(({ message }) => message === retraction?.by.message)
  return said === undefined || retraction?.value != null
    ? source(newest, 'Observation', newest, ['value'], at)
    : source(said, 'ResultReported', said.fields, ['notes'], at)
}

/**
 * A withdrawn observation has no sources: its text was never true, or never about this patient.
 */
const observationSources = (
  report: Report,
  observation: ReportObservation,
  index: number,
): ValueSource[] => {
  if (isWithdrawnObservation(observation)) return []
  const at: Path = ['observations', index]
  const newest = newestSaid(observation) as ObservationReported
  const { code, subId } = observation
  const identified = { ...newest, code, subId }
  return [
    ...valuesOf(shownValue(observation) ?? newest, at),
    ...[...newestFields].map((name) =>
      source(newest, 'Observation', newest, [name], [...at, name]),
    ),
    ...(['code', 'subId'] as const).map((name) =>
      source(newest, 'Observation', identified, [name], [...at, name]),
    ),
    ...asSentOf(newest, at),
    source(newest, 'Observation', newest, ['status'], [...at, 'status']),
    reasonSource(report, observation, [...at, 'reason']),
    ...earlierValues(observation).flatMap((reported, nth) => {
      const earlier: Path = [...at, 'earlier', nth]
      return [...valuesOf(reported, earlier), ...asSentOf(reported, earlier)]
    }),
  ]
}

export const reportSources = (report: Report): ValueSource[] => [
  ...headerSources(report),
  ...report.observations.flatMap((observation, index) =>
    observationSources(report, observation, index),
  ),
]
