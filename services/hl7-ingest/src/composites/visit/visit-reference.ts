import { markUnusable, markUsed } from '@tideway/hl7v2/lexer/fields'
import { type EventBody, type Location, unsaid } from '@tideway/schemas/events.generated'
import type { Context, Hl7DraftEvent } from '../../normalise/mapping.ts'
import { type Hl7Message, segmentOf } from '@tideway/hl7v2/lexer/message'
import { readLocation } from '../../datatypes/pl.ts'
import { readVisitNumber, readVisitUpdate } from './encounter.ts'
import { readClinicalSegments } from '../statements/clinical-segments.ts'

/** The visit of a message that is about something else. */
export type VisitContext = {
  encounterId: string | null
  /** PV1-3; it is listed as unused unless an event asks for it. */
  location: () => Location | null
  drafts: Hl7DraftEvent[]
}

/**
 * The visit of a message about a document, an order or an appointment: number, details, location
 * and clinical segments. Only ADT update the patient's location: a letter may be typed days after
 * discharge. So the location belongs to the document, and the locations of the visit are moved to
 * `toldPlaces`.
 *
 * @param usesPlace  whether the event itself has a location for PV1-3
 */
export const readVisitContext = (
  message: Hl7Message,
  patientKey: string,
  context: Context,
  usesPlace: boolean,
): VisitContext => {
  const pv1 = segmentOf(message, 'PV1')
  if (pv1 === null)
    return {
      encounterId: null,
      location: () => null,
      drafts: readClinicalSegments(message, patientKey, null, context),
    }
  const update = readVisitUpdate(message, patientKey, context)
  const location = usesPlace ? readLocation(pv1, 3) : null
  const encounterId = readVisitNumber(message, patientKey, context)
  if (location !== null) markUnusable(pv1, 3)
  return {
    encounterId,
    location: () => {
      if (location !== null) markUsed(pv1, 3)
      return location
    },
    drafts: update.map((one) => ({ ...one, body: withoutPlaces(one.body, usesPlace) })),
  }
}

const withoutPlaces = (update: EventBody, usesPlace: boolean): EventBody => {
  if (update.type !== 'VisitUpdated') return update
  const { location, priorLocation, temporaryLocation, pendingLocation } = update.visit
  const named = {
    ...unsaid.ToldPlaces(),
    location: usesPlace ? null : location,
    priorLocation,
    temporaryLocation,
    pendingLocation,
  }
  const toldPlaces = Object.values(named).every((place) => place === null) ? null : named
  return {
    ...update,
    toldPlaces,
    visit: {
      ...update.visit,
      location: null,
      priorLocation: null,
      temporaryLocation: null,
      pendingLocation: null,
    },
  }
}
