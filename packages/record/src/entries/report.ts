import type {
  ObservationReported,
  Origin,
  Report,
  ReportObservation,
} from '@tideway/schemas/documents/entry'
import type { Observation, ResultReported } from '@tideway/schemas/events.generated'
import { isOfSegment } from './full-state.ts'
import { identityOf, type KeyedStatement, sameObservations } from './same-observation.ts'
import { byVersion, contribute, firstSaying, newestOf, said } from './facts.ts'
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

type Stated = { observation: Observation; stated: Origin }

const keyedIn = ({ key, reported }: ReportObservation): KeyedStatement[] =>
  reported.filter(isSaidHere).map(({ sentKey, ...told }) => ({ sentKey: sentKey ?? key, told }))

/** The same observation of the same segment of a message: a replay. */
const isSameFact = (a: KeyedStatement, b: KeyedStatement): boolean =>
  a.sentKey === b.sentKey && a.told.message === b.told.message && a.told.place === b.told.place

const keyedOf = ({ observation, stated }: Stated): KeyedStatement => {
  const { key, code: _code, subId: _subId, place: _place, ...statement } = observation
  return { sentKey: key, told: { ...statement, ...stated } }
}

/** Statements with the key their message gave them, where that is not this one. */
const withSentKeys = (key: string, statements: readonly KeyedStatement[]): ObservationReported[] =>
  statements.map(({ sentKey, told }) => (sentKey === key ? told : { ...told, sentKey }))

const elsewhereOf = (key: string, known: readonly ReportObservation[]): ObservationReported[] =>
  known
    .filter((observation) => observation.key === key)
    .flatMap(({ reported }) => reported.filter((told) => !isSaidHere(told)))

/**
 * The observations of one code and sub-identifier, after what one message stated of them.
 *
 * @param known  as they were; what is said of one elsewhere stays with it
 */
const withStated = (
  known: readonly ReportObservation[],
  stated: readonly Stated[],
): ReportObservation[] => {
  const facts = stated.map(keyedOf)
  const before = known
    .flatMap(keyedIn)
    .filter((one) => !facts.some((fact) => isSameFact(fact, one)))
  return sameObservations([...before, ...facts]).map(({ key, statements }) => {
    const last = statements.at(-1) as KeyedStatement
    const newest =
      stated[facts.indexOf(last)]?.observation ??
      known.find((one) => keyedIn(one).some((each) => isSameFact(each, last)))
    const others = elsewhereOf(key, known)
    const all = [...withSentKeys(key, statements), ...others].toSorted(byVersion)
    const reported = keptOf(all, reportsKept)
    const { code, subId } = newest as Pick<ReportObservation, 'code' | 'subId'>
    return { key, code, subId, ...settleObservation(reported.map(statementOf)), reported }
  })
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

/** Messages in the order they were sent, within one in the order of its segments. */
const inOrderReported = (observations: readonly ReportObservation[]): ReportObservation[] => {
  const ranked = observations.map((observation) => {
    const [first] = observation.reported
      .filter(isSaidHere)
      .toSorted((a, b) =>
        sentPart(a) < sentPart(b)
          ? -1
          : sentPart(a) > sentPart(b)
            ? 1
            : segmentNumber(a) - segmentNumber(b),
      )
    return {
      observation,
      sent: first === undefined ? '' : sentPart(first),
      segment: first === undefined ? 0 : segmentNumber(first),
    }
  })
  const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
  return ranked
    .toSorted(
      (a, b) =>
        compare(a.sent, b.sent) ||
        a.segment - b.segment ||
        compare(a.observation.key, b.observation.key),
    )
    .map(({ observation }) => observation)
}

const sentPart = ({ version }: Origin): string => version.slice(version.indexOf('.') + 1)
const segmentNumber = ({ place }: Origin): number => Number(/\[(\d+)\]/.exec(place)?.[1] ?? 0)

/**
 * What one report makes of what was reported before under the same number. Pure: no store, no
 * clock.
 *
 * Each observation has its own versions: one that was analysed earlier never replaces a later one,
 * in whatever message or order it comes.
 *
 * @param statedOf  how a statement of this event ranks; by observation, and for the report itself
 */
export const evolveReport = (
  before: Report | null,
  event: ResultReported,
  statedOf: (observation: Observation | null) => Origin,
): Report => {
  const stated = statedOf(null)
  const header = contribute(before?.header ?? [], { ...stated, fields: headerOf(event) })
  const { status: sent = null, statusAsSent = null } = firstSaying(header, 'status')?.fields ?? {}
  const status = shownReportStatus(sent) ?? 'unknown'
  const known = Map.groupBy(before?.observations ?? [], ({ key }) => identityOf(key))
  const all = event.observations.map((observation) => ({
    observation,
    stated: statedOf(observation),
  }))
  for (const [identity, some] of Map.groupBy(all, ({ observation }) => identityOf(observation.key)))
    known.set(identity, withStated(known.get(identity) ?? [], some))
  return {
    kind: 'report',
    reportId: event.reportId,
    status,
    statusAsSent,
    header,
    observations: inOrderReported(inReport([...known.values()].flat(), before, status)),
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
