import type {
  NotCurrent,
  ObservationReported,
  ObservationStatus,
  Origin,
  Report,
  ReportObservation,
  ReportVersion,
} from '@tideway/schemas/documents/entry'
import type { ResultReported } from '@tideway/schemas/events.generated'
import {
  isFinalReport,
  isPendingReport,
  isRetracted,
  retractionOf,
} from '../status/report-status.ts'
import { byVersion, newestOf, putFact } from './facts.ts'
import { isOfSegment } from './full-state.ts'
import { isSaidHere, statementOf } from './kept-statements.ts'
import {
  isRetraction,
  type Settled,
  settleObservation,
  type StatusStatement,
} from './settle-observation.ts'

/**
 * Whether a statement of a report lists all its results: as its source is configured; by default a
 * resource of FHIR does, a message of HL7 v2 does not.
 *
 * @see FHIR R4, RESTful API, update; HL7 v2.9 chapter 7.2.1, snapshot and action code modes
 */
const isSnapshot = ({ snapshot }: Pick<ResultReported, 'snapshot'>, { place }: Origin): boolean =>
  snapshot ?? !isOfSegment({ place })

/** A standalone observation is a report of one: its status is that of the observation. */
const isStandalone = ({ reportId, observations }: ResultReported): boolean =>
  observations.some(({ ownReportId }) => ownReportId === reportId)

/** What one message said of a report as a whole. */
export const reportVersionOf = (event: ResultReported, stated: Origin): ReportVersion => ({
  ...stated,
  status: isStandalone(event) ? null : event.status,
  ...(isSnapshot(event, stated) ? { snapshot: true } : {}),
})

/**
 * A snapshot says nothing of results that only another source sent, or the same one in the other
 * standard, where codes may differ.
 */
const scopeOf = ({ source, place }: Origin): string =>
  `${source} ${isOfSegment({ place }) ? 'HL7V2' : 'FHIR'}`

/** What a version can decide; of all with the same word only the newest does. */
const wordsOf = (version: ReportVersion): string[] => {
  const retraction = retractionOf(version.status)
  return [
    ...(retraction === null ? [] : [retraction]),
    ...(isFinalReport(version.status) ? ['final'] : []),
    ...(version.snapshot === true ? [`snapshot ${scopeOf(version)}`] : []),
  ]
}

/** The versions that decide what stands; of an entry of an earlier release by its status alone. */
export const versionsOf = ({
  versions,
  header,
}: Pick<Report, 'versions' | 'header'>): readonly ReportVersion[] =>
  versions ??
  header.flatMap(({ fields, ...origin }) =>
    Object.hasOwn(fields, 'status') ? [{ ...origin, status: fields.status ?? null }] : [],
  )

/** The versions that decide what stands, with one more. */
export const withVersion = (
  known: readonly ReportVersion[],
  version: ReportVersion,
): ReportVersion[] => newestOf(putFact(known, version), 0, wordsOf)

/** Whether a statement came before a version, or with it. */
const isUntil = (told: Origin, version: Origin): boolean =>
  told.message === version.message || byVersion(told, version) < 0

/** Whether a version came after a statement and does not repeat it. */
const omits = (version: Origin, told: Origin): boolean =>
  told.message !== version.message && byVersion(told, version) < 0

/**
 * Whether a value without a status of its own was stated in a report that is not final: it is as
 * preliminary as the report.
 */
export const isPending = (report: Pick<ResultReported, 'status'>, status: string | null): boolean =>
  (status === null || status === 'unknown') && isPendingReport(report.status)

const unconfirmed: ReadonlySet<ObservationStatus> = new Set(['preliminary', 'registered'])
const withoutValue: ReadonlySet<ObservationStatus> = new Set([
  'cancelled',
  'not-asked',
  'entered-in-error',
  'wrong-patient',
])

/** Why a result is not current although nothing retracted it; null if it is. */
const notCurrentOf = (
  status: ObservationStatus,
  last: ObservationReported | undefined,
  versions: readonly ReportVersion[],
): NotCurrent | null => {
  if (last === undefined || withoutValue.has(status)) return null
  const later = versions.filter((version) => omits(version, last))
  const isUnconfirmed = unconfirmed.has(status) || (status === 'unknown' && last.pending === true)
  if (isUnconfirmed && later.some((version) => isFinalReport(version.status)))
    return 'not-confirmed'
  return later.some((one) => one.snapshot === true && scopeOf(one) === scopeOf(last))
    ? 'not-in-latest-version'
    : null
}

/** A statement, and its place among those reported; null where the report retracts them all. */
type Placed = { statement: StatusStatement; index: number | null }

const settled = (placed: readonly Placed[]): Settled => {
  const { status, valueFrom } = settleObservation(placed.map(({ statement }) => statement))
  return { status, valueFrom: valueFrom === null ? null : (placed[valueFrom]?.index ?? null) }
}

type Retraction = { status: 'cancelled' | 'entered-in-error'; version: ReportVersion }

const retractionsIn = (versions: readonly ReportVersion[]): Retraction[] =>
  versions.flatMap((version) => {
    const status = retractionOf(version.status)
    return status === null ? [] : [{ status, version }]
  })

/**
 * Status and value where the report was retracted. What a standalone observation says later does
 * not bring back a value that its report retracted; that it is another patient's does hold.
 */
const settleRetracted = (
  reported: readonly ObservationReported[],
  retractions: readonly Retraction[],
): Settled => {
  const after = (place: number): Placed[] =>
    retractions
      .filter(({ version }) => reported.findLastIndex((told) => isUntil(told, version)) === place)
      .map(({ status }) => ({ statement: { status, hasValue: false, ofReport: true }, index: null }))
  const placed: Placed[] = [
    ...after(-1),
    ...reported.flatMap((told, index) => [{ statement: statementOf(told), index }, ...after(index)]),
  ]
  const all = settled(placed)
  const last = reported.findLast(isSaidHere)
  const isRetracted =
    last !== undefined && retractions.some(({ version }) => isUntil(last, version))
  if (!isRetracted || isRetraction(all.status)) return all
  return settled(placed.slice(0, placed.findLastIndex(({ index }) => index === null) + 1))
}

export type SettledInReport = Settled & Pick<ReportObservation, 'notCurrent'>

/**
 * Status and value of an observation as its report stands.
 *
 * - A report that was cancelled or entered in error retracts every observation stated until then,
 *   also in the same message; one that is stated again later stands again.
 * - A final report confirms what it states. A result that is not final and that it omits is not
 *   confirmed.
 * - A snapshot lists every result of its source: what it omits is not in the latest version.
 *
 * All follows from what was stated and when, so that the order of arrival does not matter.
 *
 * @param reported  in version order
 * @param versions  see `versionsOf`
 */
export const settleInReport = (
  reported: readonly ObservationReported[],
  versions: readonly ReportVersion[],
): SettledInReport => {
  const retractions = retractionsIn(versions)
  const { status, valueFrom } =
    retractions.length === 0
      ? settleObservation(reported.map(statementOf))
      : settleRetracted(reported, retractions)
  const notCurrent = notCurrentOf(status, reported.findLast(isSaidHere), versions)
  return { status, valueFrom, ...(notCurrent === null ? {} : { notCurrent }) }
}

const namesOf = (versions: readonly ReportVersion[]): string =>
  retractionsIn(versions)
    .map(({ status, version: { message, place } }) => `${status} ${message} ${place}`)
    .join()

/**
 * All observations of a report as they stand with these versions, also those that its newest
 * message does not state.
 *
 * @param observations  those it states are settled already
 * @param before  the report until then
 */
export const asReportStands = (
  observations: readonly ReportObservation[],
  before: Report | null,
  versions: readonly ReportVersion[],
): ReportObservation[] => {
  const isSame =
    before === null ||
    (before.versions !== undefined &&
      !isRetracted(before.status) &&
      namesOf(before.versions) === namesOf(versions))
  return observations.map(({ notCurrent: _, ...observation }) => {
    const { reported, status } = observation
    if (!isSame) return { ...observation, ...settleInReport(reported, versions) }
    const notCurrent = notCurrentOf(status, reported.findLast(isSaidHere), versions)
    return notCurrent === null ? observation : { ...observation, notCurrent }
  })
}

/** The version that retracted a whole report last; null if none did. */
export const lastRetraction = (report: Pick<Report, 'versions' | 'header'>): ReportVersion | null =>
  retractionsIn(versionsOf(report)).at(-1)?.version ?? null
