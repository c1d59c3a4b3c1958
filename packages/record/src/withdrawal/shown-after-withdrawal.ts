import type {
  ObservationReported,
  Origin,
  Report,
  ReportObservation,
  Statement,
} from '@tideway/schemas/documents/entry'
import { hasValue } from '../entries/kept-statements.ts'
import {
  isRetraction,
  isWithdrawn,
  isWithdrawnObservation,
  isWrongPatientReport,
} from './is-withdrawn.ts'

/**
 * What says that there was a report, and of what. Everything else that was sent with values of
 * another patient may be about that patient too.
 */
const identifyingFields: ReadonlySet<string> = new Set([
  'reportId',
  'placerNumber',
  'fillerNumber',
  'service',
  'section',
  'status',
  'statusAsSent',
  'statusSystem',
  'requestedAt',
  'collectedAt',
  'receivedAt',
  'issuedAt',
  'encounterId',
  'category',
])

/** Whether a field of a report's header may be shown. */
export const showsReportField = (report: Report, name: string): boolean =>
  identifyingFields.has(name) || !(isWrongPatientReport(report) || isWithdrawn(report))

/** The statement that retracted a whole report; null if the report stands. */
export const reportRetraction = (report: Report): Origin | null =>
  isWithdrawn(report)
    ? (report.header.find(({ fields }) => Object.hasOwn(fields, 'status')) ?? null)
    : null

/** The statement that holds an observation's value; null if there is none or it is withdrawn. */
export const shownValue = (observation: ReportObservation): ObservationReported | null =>
  observation.valueFrom === null || isWithdrawnObservation(observation)
    ? null
    : (observation.reported[observation.valueFrom] ?? null)

/** Whether a later statement repeats an earlier one: a repeat is not a previous value. */
const isRepeat = (earlier: ObservationReported, later: ObservationReported | undefined) =>
  later !== undefined &&
  earlier.value === later.value &&
  earlier.status === later.status &&
  earlier.unit?.code === later.unit?.code &&
  earlier.range === later.range

/**
 * Previous values of an observation that may be shown beside the current one, newest first; none
 * from before a retraction, and none of a withdrawn observation.
 */
export const earlierValues = (observation: ReportObservation): ObservationReported[] => {
  const { valueFrom, reported } = observation
  if (isWithdrawnObservation(observation)) return []
  const until =
    valueFrom !== null && shownValue(observation) !== null ? valueFrom : reported.length - 1
  const from = reported.findLastIndex(({ status }, index) => index < until && isRetraction(status))
  const valid = reported.slice(from + 1, until + 1)
  return valid
    .slice(0, -1)
    .filter((statement, index) => hasValue(statement) && !isRepeat(statement, valid[index + 1]))
    .toReversed()
}

/**
 * Text a sender wrote, in a resource that is kept whole. It may be a letter or the answers to a
 * questionnaire, and of another patient.
 */
const freeText: ReadonlySet<string> = new Set(['title', 'json', 'object'])

/**
 * Whether a field of a statement may be shown. A fact in one code stays readable even if entered in
 * error, with that status, so that whoever acted on it knows which it was.
 */
export const showsStatementField = (
  statement: Pick<Statement, 'kind' | 'status'>,
  name: string,
): boolean => !(statement.kind === 'resource' && isWithdrawn(statement) && freeText.has(name))
