import type { Movement, Origin } from '@tideway/schemas/documents/entry'
import { newestOf, putFact } from '../facts.ts'
import { isOfResource, movementsStanding } from '../full-state.ts'
import { strandsOf } from '../strands.ts'
import type { EncounterEvent } from './encounter-event.ts'
import { strandOf, toldOfStay } from './told-of-stay.ts'

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
const isUpdate = ({ event }: Movement) => event === 'VisitUpdated'

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
 * Of updates by HL7 v2 the newest of each strand, the owner's before another sender's; of those by
 * a resource the newest of each sender, since a later version may take the place of it; of tracking
 * the newest, and the newest of each kind. Which ones does not depend on the order they came in.
 */
const kept = (movements: readonly Movement[], owner: string): Movement[] => {
  const { true: byResource = [], false: bySteps = [] } = Object.groupBy(
    movements,
    (movement) => `${isOfResource(movement)}`,
  )
  const updates = new Set([
    ...strandsOf(bySteps.filter(isUpdate), strandOf).map((some) => updateOf(some, owner)),
    ...newestOf(byResource.filter(isUpdate), 0, ({ source }) => [source]),
  ])
  const tracked = new Set(
    newestOf(movements.filter(isTracking), trackingKept, ({ event }) => [event]),
  )
  return movements.filter((movement) =>
    isUpdate(movement) ? updates.has(movement) : !isTracking(movement) || tracked.has(movement),
  )
}

/** Movements with what one message told, all kept. */
export const withMovement = (
  movements: readonly Movement[],
  event: EncounterEvent,
  stated: Origin,
): Movement[] => {
  const location = locationIn(event)
  if (event.type === 'VisitUpdated' && location === null) return [...movements]
  const planned =
    'plannedAt' in event && event.plannedAt !== null ? { plannedAt: event.plannedAt } : {}
  const { admitted } = toldOfStay(event)
  const { patientClass, patientClassAsSent, statusAsSent } = event.visit
  return putFact(movements, {
    ...stated,
    event: event.type,
    at: event.at,
    location,
    patientClass,
    ...(patientClassAsSent === null ? {} : { patientClassAsSent }),
    ...(statusAsSent === null ? {} : { statusAsSent }),
    ...planned,
    ...(admitted === undefined ? {} : { admitted }),
  })
}

/** Of the movements of one stay those that still count or may count again. */
export const movementsKept = (movements: readonly Movement[], owner: string): Movement[] =>
  kept(movementsStanding(movements), owner)
