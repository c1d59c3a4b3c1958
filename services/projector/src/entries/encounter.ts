import type { Contribution, Encounter, Movement, Origin } from '@tideway/schemas/documents/entry'
import type { EventBody, Visit } from '@tideway/schemas/events.generated'
import { isLater } from '../clinical-time.ts'
import { byVersion, contribute, firstSaying, putFact, said } from '../facts.ts'
import { leaveOf, standingExpectations, takenBack } from './expectations.ts'
import { attendingNow, withAttending } from './attending.ts'
import { locationHistory } from './location-history.ts'

export type EncounterEvent = Extract<EventBody, { visit: Visit }>

/** Tracking (A09, A10) can go on every few minutes for a year; no one reads back further than this. */
const trackingKept = 200
const tracking = new Set(['PatientDeparted', 'PatientArrived', 'ArrivalCancelled', 'DepartureCancelled'])
const isTracking = ({ event }: Movement) => tracking.has(event)

/** Where the event says the patient is. Tracking uses the temporary place where there is one (PV1-11), what is expected the pending one (PV1-42). */
const locationIn = ({ type, visit }: EncounterEvent) => {
  if (type === 'PatientDeparted' || type === 'PatientArrived') return visit.temporaryLocation ?? visit.location
  return type === 'AdmissionPending' || type === 'TransferPending' ? (visit.pendingLocation ?? visit.location) : visit.location
}

/** Of updates only the newest that names a location, the owner's before another sender's; of tracking the newest. Which ones does not depend on the order they came in. */
const kept = (movements: readonly Movement[], owner: string): Movement[] => {
  const updates = movements.filter(({ event }) => event === 'VisitUpdated')
  const update = updates.findLast(({ source }) => source === owner) ?? updates.at(-1)
  const tracked = new Set(movements.filter(isTracking).slice(-trackingKept))
  return movements.filter((movement) => (movement.event === 'VisitUpdated' ? movement === update : !isTracking(movement) || tracked.has(movement)))
}

const withMovement = (movements: readonly Movement[], event: EncounterEvent, stated: Origin, owner: string): Movement[] => {
  const location = locationIn(event)
  if (event.type === 'VisitUpdated' && location === null) return [...movements]
  const planned = 'plannedAt' in event && event.plannedAt !== null ? { plannedAt: event.plannedAt } : {}
  return kept(putFact(movements, { ...stated, event: event.type, at: event.at, location, patientClass: event.visit.patientClass, ...planned }), owner)
}

/** A laboratory's idea of the visit stands behind the hospital's own, however new it is. */
const withDetails = (details: Encounter['details'], visit: Visit, stated: Origin, owner: string): Encounter['details'] => {
  const { location: _, ...others } = visit
  const ofSender = contribute(
    details.filter(({ source }) => source === stated.source),
    { ...stated, fields: said(others) },
  )
  const all = [...details.filter(({ source }) => source !== stated.source), ...ofSender]
  return all.toSorted((a, b) => Number(b.source === owner) - Number(a.source === owner) || byVersion(b, a))
}

const startsVisit = new Set([
  'PatientAdmitted', 'PatientTransferred', 'PatientClassChanged', 'PatientDeparted', 'PatientArrived', 'TransferCancelled', 'DischargeCancelled',
  'TransferPending', 'TransferPendingCancelled', 'DischargePending', 'DischargePendingCancelled', 'LeaveStarted', 'LeaveEnded', 'LeaveStartCancelled', 'LeaveEndCancelled', 'ArrivalCancelled', 'DepartureCancelled',
])

/** The discharge that still holds: not taken back (A13), and no newer admission came after it. */
const standingDischarge = (movements: readonly Movement[]): Movement | null => {
  const last = movements.findLast(({ event }) => event === 'PatientDischarged' || event === 'DischargeCancelled')
  if (last === undefined || last.event === 'DischargeCancelled') return null
  const again = movements.some((movement) => movement.event === 'PatientAdmitted' && byVersion(movement, last) > 0 && isLater(movement.at, last.at))
  return again ? null : last
}

const statusOf = (live: readonly Movement[], isCancelled: boolean, discharge: Movement | null, isTakenBack: boolean): Encounter['status'] => {
  const has = (event: string) => live.some((movement) => movement.event === event)
  if (isCancelled && !has('PatientAdmitted') && !has('PatientPreAdmitted') && !has('AdmissionPending')) return 'cancelled'
  if (discharge !== null) return 'closed'
  if (live.some(({ event }) => startsVisit.has(event))) return 'open'
  if (has('PatientPreAdmitted') || has('AdmissionPending')) return 'planned'
  return isTakenBack ? 'cancelled' : 'unknown'
}

/** The admission's own time, unless its sender gave another one later (PV1-44); a mere day does not replace the time of that day. */
const admittedAt = (admission: Movement | null, details: readonly Contribution<Partial<Visit>>[]): string | null => {
  const corrected = firstSaying(details, 'admittedAt')
  const correction = corrected?.fields.admittedAt ?? null
  if (admission === null || admission.at === null || corrected === null || correction === null) return admission?.at ?? correction
  const replaces = corrected.source === admission.source && byVersion(corrected, admission) > 0 && !admission.at.startsWith(correction)
  return replaces ? correction : admission.at
}

/** Everything a reader sees of an encounter, from what was told about it. */
const derived = (encounterId: string, movements: Movement[], details: Encounter['details'], doctors: Encounter['doctors']): Encounter => {
  const cancellation = movements.findLast(({ event }) => event === 'AdmissionCancelled')
  const never = takenBack(movements)
  const isCancelled = (movement: Movement) => never.has(movement) || (cancellation !== undefined && byVersion(movement, cancellation) < 0)
  const live = movements.filter((movement) => !isCancelled(movement))
  const discharge = standingDischarge(live)
  const status = statusOf(live, cancellation !== undefined, discharge, never.size > 0)
  const admission = [live, movements].map((some) => some.findLast(({ event }) => event === 'PatientAdmitted')).find((found) => found !== undefined) ?? null
  const stays = status === 'planned' ? [] : locationHistory(movements, isCancelled)
  const now = status === 'open' || status === 'unknown' ? stays.findLast(({ cancelled }) => !cancelled) : undefined
  return {
    kind: 'encounter',
    encounterId,
    status,
    patientClass: firstSaying(details, 'patientClass')?.fields.patientClass ?? null,
    admittedAt: admittedAt(admission, details),
    dischargedAt: status === 'closed' ? (discharge?.at ?? firstSaying(details, 'dischargedAt')?.fields.dischargedAt ?? null) : null,
    location: now?.location ?? null,
    locationSince: now?.from ?? null,
    leave: now === undefined && status !== 'open' ? null : leaveOf(movements),
    expected: status === 'closed' || status === 'cancelled' ? [] : standingExpectations(live),
    stays,
    movements,
    details,
    doctors,
    attending: attendingNow(doctors),
  }
}

/**
 * What one event makes of one encounter. Pure: no store, no clock.
 *
 * Order is not assumed: what was told is kept in version order, and the rest follows from it. The same event twice changes nothing.
 *
 * @param owner  organisation whose visit it is
 */
export const evolveEncounter = (before: Encounter | null, event: EncounterEvent, stated: Origin, owner: string): Encounter =>
  derived(
    event.encounterId,
    withMovement(before?.movements ?? [], event, stated, owner),
    withDetails(before?.details ?? [], event.visit, stated, owner),
    withAttending(before?.doctors ?? [], event, stated, owner),
  )
