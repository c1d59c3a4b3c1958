import type { Encounter, Movement } from '@tideway/schemas/documents/entry'
import { byVersion } from '../facts.ts'

/**
 * What takes back what, and what is no longer expected once it happened. HL7 v2.9 chapter 3: A14
 * with A27, A15 with A26, A16 with A25.
 */
const expectations: Readonly<Record<string, { cancelledBy: string; doneBy: string }>> = {
  AdmissionPending: { cancelledBy: 'AdmissionPendingCancelled', doneBy: 'PatientAdmitted' },
  TransferPending: { cancelledBy: 'TransferPendingCancelled', doneBy: 'PatientTransferred' },
  DischargePending: { cancelledBy: 'DischargePendingCancelled', doneBy: 'PatientDischarged' },
}

const isAfter = (a: Movement, b: Movement): boolean => byVersion(a, b) > 0

/**
 * Plans to come that were taken back: a pre-admission (A38) and a pending admission (A27). @param
 * movements  in version order
 */
export const takenBack = (movements: readonly Movement[]): ReadonlySet<Movement> => {
  const plans: Readonly<Record<string, string>> = {
    PreAdmissionCancelled: 'PatientPreAdmitted',
    AdmissionPendingCancelled: 'AdmissionPending',
  }
  const cancelled = new Map(
    movements.flatMap((movement) =>
      plans[movement.event] === undefined ? [] : [[plans[movement.event], movement] as const],
    ),
  )
  return new Set(
    movements.filter((plan) => {
      const newest = cancelled.get(plan.event)
      return newest !== undefined && isAfter(newest, plan)
    }),
  )
}

/**
 * What is expected and neither happened nor was taken back, the newest of each kind. @param live
 * in version order
 */
export const standingExpectations = (live: readonly Movement[]): Encounter['expected'] =>
  Object.entries(expectations).flatMap(([event, { cancelledBy, doneBy }]) => {
    const last = live.findLast((movement) => movement.event === event)
    if (
      last === undefined ||
      live.some(
        (other) => (other.event === cancelledBy || other.event === doneBy) && isAfter(other, last),
      )
    )
      return []
    return [
      {
        event,
        at: last.at,
        plannedAt: last.plannedAt ?? null,
        location: last.location,
        message: last.message,
        place: last.place,
      },
    ]
  })

const takesBack: Readonly<Record<string, string>> = {
  LeaveStartCancelled: 'LeaveStarted',
  LeaveEndCancelled: 'LeaveEnded',
}

/**
 * Leave of absence that goes on; null if the patient is not on leave. A cancellation (A52, A53)
 * takes back the newest of its kind told before it.
 *
 * @param movements  in version order
 */
export const leaveOf = (movements: readonly Movement[]): Encounter['leave'] => {
  const standing: Movement[] = []
  for (const movement of movements) {
    const cancels = takesBack[movement.event]
    const at = cancels === undefined ? -1 : standing.findLastIndex(({ event }) => event === cancels)
    if (at >= 0) standing.splice(at, 1)
    else if (movement.event === 'LeaveStarted' || movement.event === 'LeaveEnded')
      standing.push(movement)
  }
  const last = standing.at(-1)
  return last?.event === 'LeaveStarted'
    ? { since: last.at, message: last.message, place: last.place }
    : null
}
