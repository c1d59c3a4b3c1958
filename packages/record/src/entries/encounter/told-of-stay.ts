import type { Origin, ToldOfStay } from '@tideway/schemas/documents/entry'
import { datedStrand, type Strand, undatedStrand } from '../strands.ts'
import type { EncounterEvent } from './encounter-event.ts'

/**
 * Events of a stay that is still to come. The admission time they give (PV1-44) is a plan, so only
 * when they were told says which stay they are about.
 */
const planning: ReadonlySet<string> = new Set([
  'PatientPreAdmitted',
  'AdmissionPending',
  'PreAdmissionCancelled',
  'AdmissionPendingCancelled',
])

/** What an event says of which stay it is about. */
export const toldOfStay = ({ type, at, visit }: EncounterEvent): ToldOfStay => {
  if (planning.has(type)) return {}
  const admitted = visit.admittedAt ?? (type === 'PatientAdmitted' ? at : null)
  if (admitted !== null) return { admitted }
  return at === null ? {} : { happened: at }
}

/** A fact of a visit, in any of the lists of its encounter. */
export type FactOfStay = Origin & ToldOfStay & { event?: string; at?: string | null }

/** When the patient was admitted, by a fact; an earlier release stored it as when it happened. */
export const admittedIn = ({ admitted, event, at }: FactOfStay): string | null =>
  admitted ?? (event === 'PatientAdmitted' ? (at ?? null) : null)

export const isPlan = ({ event }: FactOfStay): boolean =>
  event === 'PatientPreAdmitted' || event === 'AdmissionPending'

/** When what a fact tells happened; null if it does not say so. */
export const happenedIn = ({ happened, event, at }: FactOfStay): string | null =>
  happened ?? (event !== undefined && planning.has(event) ? null : (at ?? null))

export const strandOf = (fact: FactOfStay): Strand => {
  const admitted = admittedIn(fact)
  return admitted === null ? undatedStrand(happenedIn(fact), fact) : datedStrand(admitted)
}
