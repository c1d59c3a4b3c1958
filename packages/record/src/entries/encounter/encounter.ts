import type { Contribution, Encounter, Movement, Origin } from '@tideway/schemas/documents/entry'
import type { Visit } from '@tideway/schemas/events.generated'
import { isLater } from '@tideway/time/iso-time'
import { byVersion, firstSaying, prunedByStrand, putFact, said } from '../facts.ts'
import { leaveOf, standingExpectations, takenBack } from './expectations.ts'
import { attendingNow, doctorsKeptOf, withAttending } from './attending.ts'
import type { EncounterEvent } from './encounter-event.ts'
import { locationHistory } from './location-history.ts'
import { believedAt, withHoursTold } from './told-times.ts'
import { movementsKept, updateOf, withMovement } from './movements.ts'
import { strandOf, toldOfStay } from './told-of-stay.ts'
import { isOfResource, type Newest, newestVersions, withoutReplaced } from '../full-state.ts'

/** Everything told about a visit, of which the rest follows. */
export type VisitFacts = Pick<Encounter, 'movements' | 'details' | 'doctors'>

/** Movements have the location. */
const ofMovement: ReadonlySet<'location'> = new Set(['location'])

/** Facts with what one event tells. */
export const withTold = (
  { movements, details, doctors }: VisitFacts,
  event: EncounterEvent,
  stated: Origin,
  owner: string,
): VisitFacts => {
  return {
    movements: withMovement(movements, event, stated),
    details: putFact(details.toSorted(byVersion), {
      ...stated,
      ...toldOfStay(event),
      fields: said(event.visit, ofMovement),
    }),
    doctors: withAttending(doctors, event, stated, owner),
  }
}

/**
 * Details of one stay that still count. A laboratory's idea of the visit stands behind the
 * hospital's own, however new it is. What a resource says takes nothing from what a step of HL7 v2
 * said, because a later version may no longer say it.
 */
const detailsKept = (
  details: Encounter['details'],
  newest: Newest,
  owner: string,
): Encounter['details'] =>
  [...Map.groupBy(details, (one) => `${one.source}|${isOfResource(one)}`).values()]
    .flatMap((alike) => withoutReplaced(prunedByStrand(alike, strandOf), newest))
    .toSorted((a, b) => Number(b.source === owner) - Number(a.source === owner) || byVersion(b, a))

const startsVisit = new Set([
  'PatientAdmitted',
  'PatientTransferred',
  'PatientClassChanged',
  'PatientDeparted',
  'PatientArrived',
  'TransferCancelled',
  'DischargeCancelled',
  'TransferPending',
  'TransferPendingCancelled',
  'DischargePending',
  'DischargePendingCancelled',
  'LeaveStarted',
  'LeaveEnded',
  'LeaveStartCancelled',
  'LeaveEndCancelled',
  'ArrivalCancelled',
  'DepartureCancelled',
])

/** The discharge that still holds: not taken back (A13), and no newer admission came after it. */
const standingDischarge = (movements: readonly Movement[]): Movement | null => {
  const last = movements.findLast(
    ({ event }) => event === 'PatientDischarged' || event === 'DischargeCancelled',
  )
  if (last === undefined || last.event === 'DischargeCancelled') return null
  const again = movements.some(
    (movement) =>
      movement.event === 'PatientAdmitted' &&
      byVersion(movement, last) > 0 &&
      isLater(believedAt(movement), believedAt(last)),
  )
  return again ? null : last
}

const statusOf = (
  live: readonly Movement[],
  isCancelled: boolean,
  discharge: Movement | null,
  isTakenBack: boolean,
): Encounter['status'] => {
  const has = (event: string) => live.some((movement) => movement.event === event)
  if (
    isCancelled &&
    !has('PatientAdmitted') &&
    !has('PatientPreAdmitted') &&
    !has('AdmissionPending')
  )
    return 'cancelled'
  if (discharge !== null) return 'closed'
  if (live.some(({ event }) => startsVisit.has(event))) return 'open'
  if (has('PatientPreAdmitted') || has('AdmissionPending')) return 'planned'
  return isTakenBack ? 'cancelled' : 'unknown'
}

/**
 * The admission's own time, unless its sender gave another one later (PV1-44); a mere day does not
 * replace the time of that day.
 */
const admittedAt = (
  admission: Movement | null,
  details: readonly Contribution<Partial<Visit>>[],
): string | null => {
  const corrected = firstSaying(details, 'admittedAt')
  const correction = corrected?.fields.admittedAt ?? null
  if (admission === null || admission.at === null || corrected === null || correction === null)
    return admission?.at ?? correction
  const replaces =
    corrected.source === admission.source &&
    byVersion(corrected, admission) > 0 &&
    !admission.at.startsWith(correction)
  return replaces ? correction : admission.at
}

/** Everything a reader sees of an encounter, from what was told about it. */
const derived = (
  encounterId: string,
  told: Movement[],
  details: Encounter['details'],
  doctors: Encounter['doctors'],
  owner: string,
): Encounter => {
  const movements = withHoursTold(told)
  const update = updateOf(movements, owner)
  const placing = movements.filter(
    (movement) => movement.event !== 'VisitUpdated' || movement === update,
  )
  const cancellation = movements.findLast(({ event }) => event === 'AdmissionCancelled')
  const never = takenBack(movements)
  const isCancelled = (movement: Movement) =>
    never.has(movement) || (cancellation !== undefined && byVersion(movement, cancellation) < 0)
  const live = movements.filter((movement) => !isCancelled(movement))
  const discharge = standingDischarge(live)
  const status = statusOf(live, cancellation !== undefined, discharge, never.size > 0)
  const admission =
    [live, movements]
      .map((some) => some.findLast(({ event }) => event === 'PatientAdmitted'))
      .find((found) => found !== undefined) ?? null
  const stays = status === 'planned' ? [] : locationHistory(placing, isCancelled)
  const now =
    status === 'open' || status === 'unknown'
      ? stays.findLast(({ cancelled }) => !cancelled)
      : undefined
  const { patientClass = null, patientClassAsSent = null } =
    firstSaying(details, 'patientClass')?.fields ?? {}
  const statusAsSent = told.at(-1)?.statusAsSent
  return {
    kind: 'encounter',
    encounterId,
    status,
    ...(statusAsSent === undefined ? {} : { statusAsSent }),
    patientClass,
    ...(patientClassAsSent === null ? {} : { patientClassAsSent }),
    admittedAt: admittedAt(admission, details),
    dischargedAt:
      status === 'closed'
        ? (discharge?.at ?? firstSaying(details, 'dischargedAt')?.fields.dischargedAt ?? null)
        : null,
    location: now?.location ?? null,
    locationSince: now?.from ?? null,
    leave: now === undefined && status !== 'open' ? null : leaveOf(movements),
    expected: status === 'closed' || status === 'cancelled' ? [] : standingExpectations(live),
    stays,
    movements: told,
    details,
    doctors,
    attending: attendingNow(doctors),
  }
}

/** The encounter of one stay. @param owner  organisation whose visit it is */
export const encounterOf = (
  encounterId: string,
  { movements: told, details, doctors }: VisitFacts,
  owner: string,
): Encounter => {
  const movements = movementsKept(told, owner)
  return derived(
    encounterId,
    movements,
    detailsKept(details, newestVersions(movements), owner),
    doctorsKeptOf(doctors),
    owner,
  )
}

const nothingTold: VisitFacts = { movements: [], details: [], doctors: [] }

/**
 * What one event makes of one encounter. Pure: no store, no clock.
 *
 * Order is not assumed: what was told is kept in version order, and the rest follows from it. The
 * same event twice changes nothing.
 *
 * @param owner  organisation whose visit it is
 */
export const evolveEncounter = (
  before: Encounter | null,
  event: EncounterEvent,
  stated: Origin,
  owner: string,
): Encounter =>
  encounterOf(event.encounterId, withTold(before ?? nothingTold, event, stated, owner), owner)
