import type { Location } from '@tideway/schemas/events.generated'
import type { Context, Happening } from '../mapping.ts'
import { type Hl7Message, markUnusable, raw, segmentOf } from '../parse.ts'
import { readLocation } from '../values/pl.ts'
import { readVisitNumber, readVisitUpdate } from './encounter.ts'

/** What a message that is about something else says of the visit. */
export type ToldVisit = { encounterId: string | null; location: Location | null; happenings: Happening[] }

/** Places other than PV1-3: prior, temporary and pending. */
const otherPlaces = [6, 11, 42]

/**
 * The visit of a message about a document or an appointment: its number, its details, and the place it names. Where the patient is, only what moves
 * patients (ADT) says: a letter is typed days after he left the ward. So the place is told of the document, never of the visit.
 *
 * @param usesPlace  whether the event has a place for PV1-3; else it is listed as unused
 */
export const readToldVisit = (message: Hl7Message, patientKey: string, context: Context, usesPlace: boolean): ToldVisit => {
  const pv1 = segmentOf(message, 'PV1')
  if (pv1 === null) return { encounterId: null, location: null, happenings: [] }
  const told = readVisitUpdate(message, patientKey, context)
  const location = usesPlace ? readLocation(pv1, 3) : null
  for (const field of usesPlace ? otherPlaces : [3, ...otherPlaces]) if (told.length > 0 && raw(pv1, field) !== '') markUnusable(pv1, field)
  return { encounterId: readVisitNumber(message, patientKey, context), location, happenings: told.map(withoutPlaces) }
}

const withoutPlaces = (told: Happening): Happening => {
  if (told.body.type !== 'VisitUpdated') return told
  return { ...told, body: { ...told.body, visit: { ...told.body.visit, location: null, priorLocation: null, temporaryLocation: null, pendingLocation: null } } }
}
