import type {
  ObservationReported,
  Origin,
  Report,
  ReportObservation,
  Statement,
} from '@tideway/schemas/documents/entry'
import { hasValue, isReference, newestSaid } from '../entries/kept-statements.ts'
import { reportRetractionOf } from '../entries/report-versions.ts'
import { isRetraction } from '../status/observation-status.ts'
import { isWithdrawn, isWithdrawnObservation } from './is-withdrawn.ts'
import { withdrawalInWords } from './withdrawn-in-words.ts'

/** Whether a value is current: it was not retracted, and the latest version states it. */
export const isCurrent = ({ valueFrom, notCurrent }: ReportObservation): boolean =>
  valueFrom !== null && notCurrent === undefined

/**
 * How the whole report retracted one of its observations: the version that did, and why: a text it
 * has in place of the result, and its notes.
 */
export type RetractionByReport = {
  by: Origin
  value: string | null
  notes: readonly string[]
}

const inWords = ({ valueType, value }: ObservationReported): string | null =>
  (valueType === 'TX' || valueType === 'FT') && /\p{L}{3}/u.test(value ?? '') ? value : null

/**
 * What the statement that cancels an observation has in place of its value; null if that is a value
 * all the same: a number, or what was reported before.
 */
export const insteadOfValue = (observation: ReportObservation): string | null => {
  const { reported } = observation
  const text = newestSaid(observation)?.value ?? null
  const isValue = reported.some(({ status, value }) => status !== 'cancelled' && value === text)
  return text === null || isValue || !/\p{L}/u.test(text) ? null : text
}

/** Null if its report did not retract an observation, or the observation says so itself. */
export const retractionByReport = (
  report: Report,
  observation: ReportObservation,
): RetractionByReport | null => {
  const { status, reported } = observation
  const newest = newestSaid(observation)
  if (newest === undefined || (!isRetraction(status) && status !== 'cancelled')) return null
  if (isRetraction(newest.status) || newest.status === 'cancelled') return null
  const by = reportRetractionOf(report, reported)
  if (by === null) return null
  const said = report.header.find(({ message }) => message === by.message)
  const value = newest.message === by.message ? inWords(newest) : null
  return { by, value, notes: said?.fields.notes ?? [] }
}

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

/** Statuses of a result that was made, whether or not its value was sent. */
const made: ReadonlySet<string> = new Set([
  'final',
  'verified',
  'amended',
  'corrected',
  'preliminary',
  'unknown',
])

/**
 * The statement of a result that is made and has no value: some laboratories write it in a note
 * (`Potassium 7.9, phoned`), and what they flag is flagged all the same. Null for any other, and
 * where it only says that an earlier value does not stand.
 */
export const saidWithoutValue = (observation: ReportObservation): ObservationReported | null => {
  if (observation.valueFrom !== null || !made.has(observation.status)) return null
  const newest = newestSaid(observation)
  return newest === undefined || withdrawalInWords(newest) !== null ? null : newest
}

/** The statement whose flags stand; null of a result that is not current. */
export const flaggedBy = (observation: ReportObservation): ObservationReported | null => {
  const { valueFrom, notCurrent, reported } = observation
  if (notCurrent !== undefined) return null
  return valueFrom === null ? saidWithoutValue(observation) : (reported[valueFrom] ?? null)
}

/**
 * Whether a later statement repeats an earlier one: a repeat is not a previous value, but one that
 * withdraws it in words is no repeat.
 */
const isRepeat = (earlier: ObservationReported, later: ObservationReported | undefined) =>
  later !== undefined &&
  withdrawalInWords(later) === null &&
  earlier.value === later.value &&
  earlier.status === later.status &&
  earlier.unit?.code === later.unit?.code &&
  earlier.range === later.range

/**
 * Previous values of an observation that may be shown beside the current one, newest first; none
 * from before a retraction, and none of a withdrawn observation.
 */
export const earlierValues = (observation: ReportObservation): ObservationReported[] => {
  if (isWithdrawnObservation(observation)) return []
  const reported = observation.reported.filter((told) => !isReference(told))
  const shown = shownValue(observation)
  const until = shown === null ? reported.length - 1 : reported.indexOf(shown)
  const from = reported.findLastIndex(({ status }, index) => index < until && isRetraction(status))
  const valid = reported.slice(from + 1, until + 1)
  // Where the report was cancelled, the newest statement is of a value that stood until then.
  const isByReport = observation.status === 'cancelled' && reported.at(-1)?.status !== 'cancelled'
  return valid
    .slice(0, isByReport ? undefined : -1)
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
