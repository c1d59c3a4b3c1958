import type {
  ObservationReported,
  Origin,
  Report,
  ReportObservation,
} from '@tideway/schemas/documents/entry'
import type { ResultReported } from '@tideway/schemas/events.generated'
import { byVersion, firstSaying, prunedByStrand, putFact, said } from './facts.ts'
import { isSaidHere, keptOf, reportsKept, statementOf } from './kept-statements.ts'
import { withStated } from './report-observations.ts'
import { identityOf, sentPart } from './same-observation.ts'
import { settleObservation } from './settle-observation.ts'
import { isRetracted, shownReportStatus } from '../status/report-status.ts'
import { type Strand, undatedStrand } from './strands.ts'

type Header = Report['header'][number]['fields']

/** `unknown`, sent as such, leaves the status that was reported before. */
const saysNoStatus = ({ status, statusAsSent }: ResultReported): boolean =>
  status === 'unknown' && statusAsSent === 'unknown'

const headerOf = (event: ResultReported): Header => {
  const { type: _type, reportId: _reportId, observations: _observations, ...header } = event
  const fields = said(header) as Header
  if (!saysNoStatus(event)) return fields
  const { status: _status, statusAsSent: _sent, statusSystem: _system, ...rest } = fields
  return rest
}

/**
 * Of a report that was taken back no value is left, whether the message that said so names it or
 * not.
 */
const takenBack = (observation: ReportObservation): ReportObservation => ({
  ...observation,
  status: observation.status === 'wrong-patient' ? 'wrong-patient' : 'entered-in-error',
  valueFrom: null,
})

/**
 * As the report stands: what it takes back, or leaves standing again, are also values that this
 * message says nothing of.
 */
const inReport = (
  observations: readonly ReportObservation[],
  before: Report | null,
  status: Report['status'],
): ReportObservation[] => {
  if (isRetracted(status)) return observations.map(takenBack)
  if (before === null || !isRetracted(before.status)) return [...observations]
  return observations.map((observation) => ({
    ...observation,
    ...settleObservation(observation.reported.map(statementOf)),
  }))
}

const oneStrand: Strand = { isDated: true, at: '' }

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
  prunedByStrand(header, (one) => (one.undated === true ? undatedStrand(null, one) : oneStrand))

type Rank = { sent: string; segment: number }

const rankOf = ({ version, place }: Origin): Rank => ({
  sent: sentPart(version),
  segment: Number(/\[(\d+)\]/.exec(place)?.[1] ?? 0),
})

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const byRank = (a: Rank, b: Rank): number => compare(a.sent, b.sent) || a.segment - b.segment

/** An observation that only other reports stated comes first. */
const unranked: Rank = { sent: '', segment: 0 }

/**
 * In the order of the messages that first reported each, within one in the order of its segments.
 */
const inOrderReported = (observations: readonly ReportObservation[]): ReportObservation[] =>
  observations
    .map((observation) => {
      const [first = unranked] = observation.reported
        .filter(isSaidHere)
        .map(rankOf)
        .toSorted(byRank)
      return { observation, first }
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
  const said = { ...stated, ...(event.collectedAt === null ? { undated: true as const } : {}) }
  const header = withHeader(before?.header ?? [], event, said)
  const known = Map.groupBy(before?.observations ?? [], ({ key }) => identityOf(key))
  const all = event.observations.map((observation) => ({
    observation,
    stated: { ...said, place: observation.place },
  }))
  for (const [identity, some] of Map.groupBy(all, ({ observation }) => identityOf(observation.key)))
    known.set(identity, withStated(known.get(identity) ?? [], some))
  return reportOf(event.reportId, header, [...known.values()].flat(), before)
}

/** The report of these facts. @param before  as it was, if these continue it */
export const reportOf = (
  reportId: string,
  header: Report['header'],
  observations: readonly ReportObservation[],
  before: Report | null,
): Report => {
  const { status: sent = null, statusAsSent = null } = firstSaying(header, 'status')?.fields ?? {}
  const status = shownReportStatus(sent) ?? 'unknown'
  return {
    kind: 'report',
    reportId,
    status,
    statusAsSent,
    header,
    observations: inOrderReported(inReport(observations, before, status)),
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
    return { ...observation, ...settleObservation(reported.map(statementOf)), reported }
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
export const reportOrigins = ({ header, observations }: Report): Origin[] => {
  const origins = new Map<string, Origin>()
  for (const { message, place, version, source } of [
    ...header,
    ...observations.flatMap(({ reported }) => reported),
  ])
    if (!origins.has(message)) origins.set(message, { message, place, version, source })
  return [...origins.values()].toSorted(byVersion)
}

/** When it is about: specimen taken, else first observed, issued, received or requested. */
export const reportTime = ({ header, observations }: Report): string | null => {
  const of = (field: 'collectedAt' | 'issuedAt' | 'receivedAt' | 'requestedAt') =>
    firstSaying(header, field)?.fields[field] ?? null
  const observed =
    observations
      .map(({ reported }) => reported.at(-1)?.observedAt ?? null)
      .find((at) => at !== null) ?? null
  return of('collectedAt') ?? observed ?? of('issuedAt') ?? of('receivedAt') ?? of('requestedAt')
}
