import type {
  NotCurrent,
  ObservationReported,
  ObservationStatus,
  Report,
  ReportObservation,
  ReportVersion,
} from '@tideway/schemas/documents/entry'
import { isRetraction, isWithdrawnStatus } from '../status/observation-status.ts'
import { isFinalReport, isRetracted } from '../status/report-status.ts'
import { restatesWithdrawn, withdrawnInWordsBy } from '../withdrawal/withdrawn-in-words.ts'
import { hasValue, isReference, isSaidHere, statementOf } from './kept-statements.ts'
import {
  omits,
  replaces,
  retracts,
  type Retraction,
  retractionsIn,
  versionsOf,
} from './report-versions.ts'
import { type Settled, settleObservation, type StatusStatement } from './settle-observation.ts'

const unconfirmed: ReadonlySet<ObservationStatus> = new Set(['preliminary', 'registered'])
const isWithoutValue = (status: ObservationStatus): boolean =>
  isWithdrawnStatus(status) || status === 'not-asked'

/** Why a result is not current although nothing retracted it; null if it is. */
const notCurrentOf = (
  status: ObservationStatus,
  last: ObservationReported | undefined,
  versions: readonly ReportVersion[],
): NotCurrent | null => {
  if (last === undefined || isWithoutValue(status)) return null
  const isUnconfirmed = unconfirmed.has(status) || (status === 'unknown' && last.pending === true)
  if (isUnconfirmed && versions.some((one) => isFinalReport(one.status) && omits(one, last)))
    return 'not-confirmed'
  return versions.some((one) => replaces(one, last)) ? 'not-in-latest-version' : null
}

/** A statement, and its place among those reported; null where the report retracts them all. */
type Placed = { statement: StatusStatement; index: number | null }

const settled = (placed: readonly Placed[]): Settled => {
  const { status, valueFrom } = settleObservation(placed.map(({ statement }) => statement))
  return { status, valueFrom: valueFrom === null ? null : (placed[valueFrom]?.index ?? null) }
}

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
      .filter(({ version }) => reported.findLastIndex((told) => retracts(version, told)) === place)
      .map(({ status }) => ({
        statement: { status, hasValue: false, ofReport: true },
        index: null,
      }))
  const placed: Placed[] = [
    ...after(-1),
    ...reported.flatMap((told, index) => [
      { statement: statementOf(told), index },
      ...after(index),
    ]),
  ]
  const all = settled(placed)
  const last = reported.findLast(isSaidHere)
  const isOver = last !== undefined && retractions.some(({ version }) => retracts(version, last))
  if (!isOver || isRetraction(all.status)) return all
  return settled(placed.slice(0, placed.findLastIndex(({ index }) => index === null) + 1))
}

/** Retractions that hold: a report that refers to an observation again states it again. */
const retractionsHolding = (
  reported: readonly ObservationReported[],
  versions: readonly ReportVersion[],
): Retraction[] => {
  const listed = reported.findLast((told) => isSaidHere(told) && isReference(told))
  const all = retractionsIn(versions)
  return listed === undefined ? all : all.filter(({ version }) => retracts(version, listed))
}

/**
 * Without a value of which a later statement says in words that it does not stand; in its place
 * what that has for one.
 */
const withoutWithdrawn = (
  { status, valueFrom }: Settled,
  reported: readonly ObservationReported[],
): Settled => {
  const by = valueFrom === null ? null : withdrawnInWordsBy(reported, valueFrom)
  if (by === null) return { status, valueFrom }
  const isNew = hasValue(reported[by] as ObservationReported) && !restatesWithdrawn(reported, by)
  return { status, valueFrom: isNew ? by : null }
}

export type SettledInReport = Settled & Pick<ReportObservation, 'notCurrent'>

/**
 * Status and value of an observation as its report stands.
 *
 * - A report that was cancelled or entered in error retracts every observation stated until then,
 *   also in the same message; one that is stated again later stands again.
 * - A final report confirms what it states. A result that is not final and that it omits is not
 *   confirmed.
 * - A value that a later statement withdraws in words does not stand, see `wordsOfWithdrawal`.
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
  const retractions = retractionsHolding(reported, versions)
  const { status, valueFrom } = withoutWithdrawn(
    retractions.length === 0
      ? settleObservation(reported.map(statementOf))
      : settleRetracted(reported, retractions),
    reported,
  )
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
  return observations.map((observation) => {
    const { reported, status, notCurrent: until = null } = observation
    const notCurrent = isSame ? notCurrentOf(status, reported.findLast(isSaidHere), versions) : null
    if (isSame && notCurrent === until) return observation
    const { notCurrent: _, ...rest } = observation
    if (!isSame) return { ...rest, ...settleInReport(reported, versions) }
    return notCurrent === null ? rest : { ...rest, notCurrent }
  })
}

/**
 * A report of an entry that an earlier release stored, as it stands. The status of its newest
 * version is known; one entered in error was stored as it stands.
 */
export const asStoredBefore = (report: Report): Report =>
  report.versions !== undefined || isRetracted(report.status)
    ? report
    : { ...report, observations: asReportStands(report.observations, report, versionsOf(report)) }
