import type { ObservationReported, Origin, Report, ReportHeader, ReportObservation } from '@tideway/schemas/documents/entry'
import type { Observation, ResultReported } from '@tideway/schemas/events.generated'
import { byVersion, contribute, firstSaying, newestOf, putFact, said } from '../facts.ts'
import { settleObservation } from './observation-status.ts'
import { reportStatusOf } from './report-status.ts'

/** A monitor may report one observation for a year under one order; no one reads back further than this, but for what its status rests on. */
const reportsKept = 100

const headerOf = ({ type: _type, reportId: _reportId, observations: _observations, ...header }: ResultReported): Partial<ReportHeader> & { status: string | null } =>
  said(header) as Partial<ReportHeader> & { status: string | null }

export const hasValue = ({ value, coded, attachment }: Pick<Observation, 'value' | 'coded' | 'attachment'>): boolean => value !== null || coded !== null || attachment !== null

/** Of each OBX-11 the newest, and the newest with a value: a final value stays final however many preliminary ones follow it. */
export const observationWords = (told: ObservationReported): string[] => [told.status ?? '', ...(hasValue(told) ? [`${told.status ?? ''} with a value`] : [])]

const withReported = (before: ReportObservation | undefined, observation: Observation, stated: Origin): ReportObservation => {
  const { key, code, subId, place: _, ...statement } = observation
  const fact: ObservationReported = { ...statement, ...stated }
  const reported = newestOf(putFact(before?.reported ?? [], fact), reportsKept, observationWords)
  const newest = before === undefined || reported.at(-1) === fact ? { code, subId } : { code: before.code, subId: before.subId }
  return { key, ...newest, ...settleObservation(reported.map((each) => ({ code: each.status, hasValue: hasValue(each) }))), reported }
}

/** Messages in the order they were sent, within one in the order of its segments. */
const inOrderReported = (observations: readonly ReportObservation[]): ReportObservation[] => {
  const ranked = observations.map((observation) => {
    const [first] = observation.reported.toSorted((a, b) => (sentPart(a) < sentPart(b) ? -1 : sentPart(a) > sentPart(b) ? 1 : segmentNumber(a) - segmentNumber(b)))
    return { observation, sent: first === undefined ? '' : sentPart(first), segment: first === undefined ? 0 : segmentNumber(first) }
  })
  const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
  return ranked
    .toSorted((a, b) => compare(a.sent, b.sent) || a.segment - b.segment || compare(a.observation.key, b.observation.key))
    .map(({ observation }) => observation)
}

const sentPart = ({ version }: Origin): string => version.slice(version.indexOf('.') + 1)
const segmentNumber = ({ place }: Origin): number => Number(/\[(\d+)\]/.exec(place)?.[1] ?? 0)

/**
 * What one report makes of what was reported before under the same number. Pure: no store, no clock.
 *
 * Each observation has its own versions: one that was analysed earlier never replaces a later one, in whatever message or order it comes.
 *
 * @param statedOf  how a statement of this event ranks; by observation, and for the report itself
 */
export const evolveReport = (before: Report | null, event: ResultReported, statedOf: (observation: Observation | null) => Origin): Report => {
  const stated = statedOf(null)
  const header = contribute(before?.header ?? [], { ...stated, fields: headerOf(event) })
  const statusAsSent = firstSaying(header, 'status')?.fields.status ?? null
  const known = new Map(before?.observations.map((observation) => [observation.key, observation]))
  for (const observation of event.observations) known.set(observation.key, withReported(known.get(observation.key), observation, statedOf(observation)))
  return { kind: 'report', reportId: event.reportId, status: reportStatusOf(statusAsSent), statusAsSent, header, observations: inOrderReported([...known.values()]) }
}

/** One origin a message, the report's own segment before those of its observations; oldest first. */
export const reportOrigins = ({ header, observations }: Report): Origin[] => {
  const origins = new Map<string, Origin>()
  for (const { message, place, version, source } of [...header, ...observations.flatMap(({ reported }) => reported)])
    if (!origins.has(message)) origins.set(message, { message, place, version, source })
  return [...origins.values()].toSorted(byVersion)
}

/** When it is about: specimen taken, else first observed, issued, received or requested. */
export const reportTime = ({ header, observations }: Report): string | null => {
  const of = (field: 'collectedAt' | 'issuedAt' | 'receivedAt' | 'requestedAt') => firstSaying(header, field)?.fields[field] ?? null
  const observed = observations.map(({ reported }) => reported.at(-1)?.observedAt ?? null).find((at) => at !== null) ?? null
  return of('collectedAt') ?? observed ?? of('issuedAt') ?? of('receivedAt') ?? of('requestedAt')
}
