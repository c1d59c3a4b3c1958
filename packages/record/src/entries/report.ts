import type {
  ObservationReported,
  Origin,
  Report,
  ReportObservation,
} from '@tideway/schemas/documents/entry'
import type { Observation, ResultReported } from '@tideway/schemas/events.generated'
import { isOfSegment } from './full-state.ts'
import { byVersion, contribute, firstSaying, newestOf, putFact, said } from './facts.ts'
import {
  decidingWords,
  restsOn,
  type StatusStatement,
  settleObservation,
} from './settle-observation.ts'
import { isRetracted, shownReportStatus } from '../status/report-status.ts'

/**
 * A monitor may report one observation for a year under one order; no one reads back further than
 * this, but for what its status rests on.
 */
const reportsKept = 100

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

export const hasValue = ({
  value,
  coded,
  attachment,
}: Pick<Observation, 'value' | 'coded' | 'attachment'>): boolean =>
  value !== null || coded !== null || attachment !== null

const statementOf = (told: ObservationReported): StatusStatement => ({
  status: told.status,
  hasValue: hasValue(told),
  isWhole: !isOfSegment(told),
})

/** Whether it was said in the report that holds it. */
export const isSaidHere = ({ elsewhere }: ObservationReported): boolean => elsewhere !== true

/**
 * What a statement can decide however many follow it: status and value, and which observation this
 * is.
 */
const wordsOf = (told: ObservationReported): string[] => [
  ...decidingWords(statementOf(told)),
  ...(isSaidHere(told) && told.ownReportId !== null ? ['own'] : []),
]

/** The statements to keep: a final value stays final however many preliminary ones follow it. */
export const keptOf = (
  reported: readonly ObservationReported[],
  limit: number,
): ObservationReported[] =>
  newestOf(reported, limit, wordsOf, (kept, from) => restsOn(reported.map(statementOf), kept, from))

const withReported = (
  before: ReportObservation | undefined,
  observation: Observation,
  stated: Origin,
): ReportObservation => {
  const { key, code, subId, place: _, ...statement } = observation
  const fact: ObservationReported = { ...statement, ...stated }
  const reported = keptOf(putFact(before?.reported ?? [], fact), reportsKept)
  const newest =
    before === undefined || reported.at(-1) === fact
      ? { code, subId }
      : { code: before.code, subId: before.subId }
  return { key, ...newest, ...settleObservation(reported.map(statementOf)), reported }
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

/**
 * In the order of the messages that first reported each, within one in the order of its segments.
 */
const inOrderReported = (observations: readonly ReportObservation[]): ReportObservation[] => {
  const ranked = observations.map((observation) => ({
    observation,
    first: observation.reported.filter(isSaidHere).toSorted(byVersion)[0],
  }))
  const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
  return ranked
    .toSorted(
      (a, b) =>
        compare(a.first?.version ?? '', b.first?.version ?? '') ||
        segmentNumber(a.first) - segmentNumber(b.first) ||
        compare(a.observation.key, b.observation.key),
    )
    .map(({ observation }) => observation)
}

const segmentNumber = (stated: Origin | undefined): number =>
  Number(/\[(\d+)\]/.exec(stated?.place ?? '')?.[1] ?? 0)

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
  const header = contribute(before?.header ?? [], { ...stated, fields: headerOf(event) })
  const { status: sent = null, statusAsSent = null } = firstSaying(header, 'status')?.fields ?? {}
  const status = shownReportStatus(sent) ?? 'unknown'
  const known = new Map(before?.observations.map((observation) => [observation.key, observation]))
  for (const observation of event.observations)
    known.set(
      observation.key,
      withReported(known.get(observation.key), observation, {
        ...stated,
        place: observation.place,
      }),
    )
  return {
    kind: 'report',
    reportId: event.reportId,
    status,
    statusAsSent,
    header,
    observations: inOrderReported(inReport([...known.values()], before, status)),
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
