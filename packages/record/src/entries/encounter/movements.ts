import type { Movement, Origin } from '@tideway/schemas/documents/entry'
import { newestOf, putFact } from '../facts.ts'
import { isOfResource, movementsStanding } from '../full-state.ts'
import type { EncounterEvent } from './encounter-event.ts'

/**
 * Tracking (A09, A10) can go on every few minutes for a year; no one reads back further than this.
 */
const trackingKept = 200
const tracking = new Set([
  'PatientDeparted',
  'PatientArrived',
  'ArrivalCancelled',
  'DepartureCancelled',
])
const isTracking = ({ event }: Movement) => tracking.has(event)

/**
 * Where the event says the patient is. Tracking uses the temporary place where there is one
 * (PV1-11), what is expected the pending one (PV1-42).
 */
const locationIn = ({ type, visit }: EncounterEvent) => {
  if (type === 'PatientDeparted' || type === 'PatientArrived')
    return visit.temporaryLocation ?? visit.location
  return type === 'AdmissionPending' || type === 'TransferPending'
    ? (visit.pendingLocation ?? visit.location)
    : visit.location
}

/** The newest update that names a location, the owner's before another sender's. */
export const updateOf = (movements: readonly Movement[], owner: string): Movement | undefined => {
  const updates = movements.filter(
    ({ event, location }) => event === 'VisitUpdated' && location !== null,
  )
  return updates.findLast(({ source }) => source === owner) ?? updates.at(-1)
}

/**
 * Of updates by HL7 v2 only the newest, the owner's before another sender's; of those by a resource
 * the newest of each sender, since a later version of his may take the place of it; of tracking the
 * newest, and the newest of each kind. Which ones does not depend on the order they came in.
 */
const kept = (movements: readonly Movement[], owner: string): Movement[] => {
  const { true: byResource = [], false: bySteps = [] } = Object.groupBy(
    movements,
    (movement) => `${isOfResource(movement)}`,
  )
  const updates = new Set([
    updateOf(bySteps, owner),
    ...newestOf(
      byResource.filter(({ event }) => event === 'VisitUpdated'),
      0,
      ({ source }) => [source],
    ),
  ])
  const tracked = new Set(
    newestOf(movements.filter(isTracking), trackingKept, ({ event }) => [event]),
  )
  return movements.filter((movement) =>
    movement.event === 'VisitUpdated'
      ? updates.has(movement)
      : !isTracking(movement) || tracked.has(movement),
  )
}

export const withMovement = (
  movements: readonly Movement[],
  event: EncounterEvent,
  stated: Origin,
  owner: string,
): Movement[] => {
  const location = locationIn(event)
  if (event.type === 'VisitUpdated' && location === null) return [...movements]
  const planned =
    'plannedAt' in event && event.plannedAt !== null ? { plannedAt: event.plannedAt } : {}
  const { patientClass, patientClassAsSent, statusAsSent } = event.visit
  const told = putFact(movements, {
    ...stated,
    event: event.type,
    at: event.at,
    location,
    patientClass,
    ...(patientClassAsSent === null ? {} : { patientClassAsSent }),
    ...(statusAsSent === null ? {} : { statusAsSent }),
    ...planned,
  })
  return kept(movementsStanding(told), owner)
}
