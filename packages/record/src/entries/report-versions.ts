import type {
  ObservationReported,
  Origin,
  Report,
  ReportVersion,
} from '@tideway/schemas/documents/entry'
import type { ResultReported } from '@tideway/schemas/events.generated'
import { parentOf } from '../keys/report-part.ts'
import { isFinalReport, isPendingReport, retractionOf } from '../status/report-status.ts'
import { byVersion, newestOf, putFact } from './facts.ts'
import { isOfSegment } from './full-state.ts'
import { isSaidHere } from './kept-statements.ts'
import { strandOfReport, strandsOf } from './strands.ts'

/**
 * Whether a statement of a report lists all its results: as its source is configured; by default a
 * resource of FHIR does, a message of HL7 v2 does not.
 *
 * @see FHIR R4, RESTful API, update; HL7 v2.9 chapter 7.2.1, snapshot and action code modes
 */
const isSnapshot = ({ snapshot }: Pick<ResultReported, 'snapshot'>, { place }: Origin): boolean =>
  snapshot ?? !isOfSegment({ place })

/** A standalone observation is a report of one: its status is that of the observation. */
export const isStandalone = ({ reportId, observations }: ResultReported): boolean =>
  observations.some(({ ownReportId }) => ownReportId === reportId)

/**
 * What one message said of a report as a whole. Sensitivities that are sent alone may be in the
 * entry of the culture they belong to: these name a parent.
 */
export const reportVersionOf = (
  event: ResultReported,
  stated: Origin & Pick<ReportVersion, 'undated'>,
): ReportVersion => {
  const parent = parentOf(event)
  return {
    ...stated,
    status: isStandalone(event) ? null : event.status,
    ...(isSnapshot(event, stated) ? { snapshot: true } : {}),
    ...(parent === null ? {} : { parent }),
  }
}

/**
 * What a statement of an observation takes from its report. A value without a status of its own is
 * as preliminary as the report.
 */
export const ofReport = (
  version: ReportVersion,
  status: string | null,
): Pick<ObservationReported, 'pending' | 'parent'> => ({
  ...((status === null || status === 'unknown') && isPendingReport(version.status)
    ? { pending: true }
    : {}),
  ...(version.parent === undefined ? {} : { parent: version.parent }),
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
  ].map((word) => `${word} ${version.parent ?? ''}`)
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

/**
 * Of versions in version order those that decide what stands, and those without a collection time
 * that would if they were about another use of the number.
 */
export const versionsKept = (versions: readonly ReportVersion[]): ReportVersion[] => {
  const strands = strandsOf(versions, strandOfReport)
  if (strands.length <= 1) return newestOf(versions, 0, wordsOf)
  return strands.flatMap((strand) => newestOf(strand, 0, wordsOf)).toSorted(byVersion)
}

/** The versions that decide what stands, with one more. */
export const withVersion = (
  known: readonly ReportVersion[],
  version: ReportVersion,
): ReportVersion[] => versionsKept(putFact(known, version))
type Told = Origin & Pick<ReportVersion, 'parent'>

/**
 * Whether a version that retracts a report retracts a statement: one made before it, or with it. A
 * culture takes its sensitivities with it, not they the culture.
 */
export const retracts = (version: ReportVersion, told: Told): boolean =>
  (version.parent === undefined || version.parent === told.parent) &&
  (told.message === version.message || byVersion(told, version) < 0)

/** Whether a version came after a statement and does not repeat it. */
export const omits = (version: ReportVersion, told: Told): boolean =>
  version.parent === told.parent && told.message !== version.message && byVersion(told, version) < 0

/**
 * Statements about an observation, oldest first. What a message says of it comes before its
 * retraction of the report that holds it, wherever each stands in the message; see `retracts`.
 */
export const byTold = (a: ObservationReported, b: ObservationReported): number =>
  a.message === b.message && a.version === b.version
    ? Number(a.retractedWith !== undefined) - Number(b.retractedWith !== undefined) ||
      byVersion(a, b)
    : byVersion(a, b)

/** A version that retracted the whole report. */
export type Retraction = { status: 'cancelled' | 'entered-in-error'; version: ReportVersion }

/** In version order. */
export const retractionsIn = (versions: readonly ReportVersion[]): Retraction[] =>
  versions.flatMap((version) => {
    const status = retractionOf(version.status)
    return status === null ? [] : [{ status, version }]
  })

/** Whether a version is a later snapshot of the same source that does not repeat a statement. */
export const replaces = (version: ReportVersion, told: Told): boolean =>
  version.snapshot === true && scopeOf(version) === scopeOf(told) && omits(version, told)

/** The version of its report that retracted an observation; null if none did. */
export const reportRetractionOf = (
  report: Pick<Report, 'versions' | 'header'>,
  reported: readonly ObservationReported[],
): ReportVersion | null => {
  const last = reported.findLast(isSaidHere)
  const found = retractionsIn(versionsOf(report)).findLast(
    ({ version }) => last !== undefined && retracts(version, last),
  )
  return found?.version ?? null
}
