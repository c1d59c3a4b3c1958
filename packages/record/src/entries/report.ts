import type {
  ObservationReported,
  Origin,
  Report,
  ReportObservation,
  ReportVersion,
} from '@tideway/schemas/documents/entry'
import type { ResultReported } from '@tideway/schemas/events.generated'
import { codeName } from '../keys/business-key.ts'
import { byVersion, firstSaying, prunedByStrand, putFact, said } from './facts.ts'
import { hasValue, isSaidHere, keptOf, newestSaid, reportsKept } from './kept-statements.ts'
import { withStatedObservations } from './report-observations.ts'
import {
  ofReport,
  reportRetractionOf,
  reportVersionOf,
  versionsOf,
  withVersion,
} from './report-versions.ts'
import { sentPart } from './same-observation.ts'
import { asReportStands, settleInReport } from './settle-in-report.ts'
import { partNamesOf, partTagOf } from '../keys/report-part.ts'
import { isRetracted, shownReportStatus } from '../status/report-status.ts'
import { strandOfReport } from './strands.ts'

type Header = Report['header'][number]['fields']

/** `unknown`, sent as such, leaves the status that was reported before. */
const saysNoStatus = ({ status, statusAsSent }: ResultReported): boolean =>
  status === 'unknown' && statusAsSent === 'unknown'

const noHeader: ReadonlySet<'type' | 'reportId' | 'observations' | 'snapshot'> = new Set([
  'type',
  'reportId',
  'observations',
  'snapshot',
])

const headerOf = (event: ResultReported): Header => {
  const { service, ...unnamed } = said(event, noHeader)
  const isNamed = service !== undefined && codeName(service) !== null
  const fields: Header = isNamed ? { ...unnamed, service } : unnamed
  if (!saysNoStatus(event)) return fields
  const { status: _status, statusAsSent: _sent, statusSystem: _system, ...rest } = fields
  return rest
}

/**
 * While a report is entered in error no value of it stands, whether the message that said so names
 * it or not.
 */
const takenBack = ({ notCurrent: _, ...observation }: ReportObservation): ReportObservation => ({
  ...observation,
  status: observation.status === 'wrong-patient' ? 'wrong-patient' : 'entered-in-error',
  valueFrom: null,
})

/** Whether a value was stated after its report was retracted. */
const isStatedSince = ({ reported }: ReportObservation, retractions: Retractions): boolean => {
  const last = reported.findLast(isSaidHere)
  if (last === undefined || !hasValue(last) || last.status === 'cancelled') return false
  return reportRetractionOf(retractions, reported) === null
}

/**
 * Header with what one message says. What a message without a collection time says stays whole: it
 * may turn out to be about another use of the number.
 */
const withHeader = (
  header: Report['header'],
  event: ResultReported,
  said: Origin,
): Report['header'] =>
  headerKept(
    putFact<Report['header'][number]>(header.toReversed(), { ...said, fields: headerOf(event) }),
  )

/** What still counts of a header, newest first. */
export const headerKept = (header: Report['header']): Report['header'] =>
  prunedByStrand(header, strandOfReport)

type Retractions = Pick<Report, 'versions' | 'header'>

/**
 * A report of which a value was stated after it was cancelled, without a status of the report, is
 * not cancelled any more.
 */
const statusNow = (
  status: Report['status'],
  observations: readonly ReportObservation[],
  retractions: Retractions,
): Report['status'] =>
  status === 'cancelled' && observations.some((one) => isStatedSince(one, retractions))
    ? 'unknown'
    : status

type Rank = { sent: string; segment: number }

const rankOf = ({ version, place }: Origin): Rank => ({
  sent: sentPart(version),
  segment: Number(/\[(\d+)\]/.exec(place)?.[1] ?? 0),
})

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const byRank = (a: Rank, b: Rank): number => compare(a.sent, b.sent) || a.segment - b.segment

const firstOf = (a: Rank, b: Rank): Rank => (byRank(b, a) < 0 ? b : a)

/** An observation that only other reports stated comes first. */
const unranked: Rank = { sent: '', segment: 0 }

/**
 * In the order of the messages that first reported each, within one in the order of its segments.
 */
const inOrderReported = (observations: readonly ReportObservation[]): ReportObservation[] =>
  observations
    .map((observation) => {
      const [first = unranked, ...others] = observation.reported.filter(isSaidHere).map(rankOf)
      return { observation, first: others.reduce(firstOf, first) }
    })
    .toSorted((a, b) => byRank(a.first, b.first) || compare(a.observation.key, b.observation.key))
    .map(({ observation }) => observation)

/**
 * What one report makes of what was reported before under the same number. Pure: no store, no
 * clock.
 *
 * Each observation has its own versions, ranked by message time: a correction or a withdrawal holds
 * whenever the sample was analysed or the report issued.
 */
export const evolveReport = (
  before: Report | null,
  event: ResultReported,
  stated: Origin,
): Report => {
  const part = partTagOf(partNamesOf(event))
  const told = {
    ...stated,
    ...(event.collectedAt === null ? { undated: true as const } : {}),
    ...(part === null ? {} : { part }),
  }
  const header = withHeader(before?.header ?? [], event, told)
  const version = reportVersionOf(event, told)
  const versions = withVersion(before === null ? [] : versionsOf(before), version)
  const all = event.observations.map((observation) => ({
    observation,
    stated: { ...told, place: observation.place, ...ofReport(version, observation.status) },
  }))
  const observations = withStatedObservations(before?.observations ?? [], all, versions)
  return reportOf({ reportId: event.reportId, header, versions, observations }, before)
}

type ReportFacts = Pick<Report, 'reportId' | 'header' | 'observations'> & {
  versions: ReportVersion[]
}

/** The report of these facts. @param before  as it was, if these continue it */
export const reportOf = (
  { reportId, header, versions, observations: told }: ReportFacts,
  before: Report | null,
): Report => {
  const { status: sent = null, statusAsSent = null } = firstSaying(header, 'status')?.fields ?? {}
  const status = shownReportStatus(sent) ?? 'unknown'
  const standing = asReportStands(told, before, versions)
  const observations = isRetracted(status) ? standing.map(takenBack) : standing
  const shown = statusNow(status, observations, { versions, header })
  return {
    kind: 'report',
    reportId,
    status: shown,
    statusAsSent: shown === status ? statusAsSent : null,
    header,
    versions,
    observations: inOrderReported(observations),
  }
}

/**
 * The report with what else is known of its observations, in version order. The same report if
 * nothing is.
 */
export const withReportedOf = (
  report: Report,
  reportedOf: (observation: ReportObservation) => readonly ObservationReported[],
): Report => {
  const observations = report.observations.map((observation) => {
    const all = reportedOf(observation)
    if (all === observation.reported) return observation
    const reported = keptOf(all, reportsKept)
    const { notCurrent: _, ...rest } = observation
    return { ...rest, ...settleInReport(reported, versionsOf(report)), reported }
  })
  if (observations.every((observation, index) => observation === report.observations[index]))
    return report
  return {
    ...report,
    observations: isRetracted(report.status) ? observations.map(takenBack) : observations,
  }
}

/**
 * One origin a message, the report's own segment before those of its observations; oldest first.
 */
export const reportOrigins = ({ header, versions = [], observations }: Report): Origin[] => {
  const origins = new Map<string, Origin>()
  for (const { message, place, version, source } of [
    ...header,
    ...versions,
    ...observations.flatMap(({ reported }) => reported),
  ])
    if (!origins.has(message)) origins.set(message, { message, place, version, source })
  return [...origins.values()].toSorted(byVersion)
}

/** When it is about: specimen taken, else first observed, issued, received or requested. */
export const reportTime = ({ header, observations }: Report): string | null => {
  const of = (field: 'collectedAt' | 'issuedAt' | 'receivedAt' | 'requestedAt') =>
    firstSaying(header, field)?.fields[field] ?? null
  const observed = (): string | null =>
    observations
      .map((observation) => newestSaid(observation)?.observedAt ?? null)
      .find((at) => at !== null) ?? null
  return of('collectedAt') ?? observed() ?? of('issuedAt') ?? of('receivedAt') ?? of('requestedAt')
}
