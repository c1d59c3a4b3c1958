import type { EventBody, Visit } from '@tideway/schemas/events.generated'
import { IngestError } from '../errors.ts'
import { type Context, type Happening, happened } from '../mapping.ts'
import { fieldPlace, type Hl7Message, segmentOf, text } from '../parse.ts'
import { readWhen } from './evn.ts'
import { readPatient } from './pid.ts'
import { readEncounterId, readVisit, requireVisitSegment, type VisitTime } from './pv1.ts'

/** Events that have an encounter, a time and the visit, and nothing else. */
export type EncounterEventType = Extract<EventBody, { visit: Visit }>['type']

/**
 * Who the patient is, and one thing that happened in a visit: PID, EVN, PV1, PV2.
 *
 * @param ofVisit  the visit's own time that says when, if EVN-6 does not
 * @throws IngestError MISSING_FIELD at PV1-19: without its number a visit cannot be told from the patient's others;
 *   INVALID_FIELD there if the number is another organisation's
 */
export const readEncounterEvent = (type: EncounterEventType, message: Hl7Message, context: Context, ofVisit: VisitTime = null): Happening[] => {
  const patient = readPatient(message, context)
  const pv1 = requireVisitSegment(message)
  const encounterId = readEncounterId(pv1, patient.key, context)
  if (encounterId === null) throw new IngestError(text(pv1, 19) === null ? 'MISSING_FIELD' : 'INVALID_FIELD', fieldPlace(pv1, 19))
  const visit = readVisit(pv1, context, ofVisit)
  const at = readWhen(message, ofVisit === null ? null : visit[ofVisit], context)
  return [happened(patient.key, patient.pid, patient.details), happened(patient.key, pv1, { type, encounterId, at, visit })]
}

/** Visit number of a message that may have no visit; null if it has none, or none of the patient's organisation. */
export const readVisitNumber = (message: Hl7Message, patientKey: string, context: Context): string | null => {
  const pv1 = segmentOf(message, 'PV1')
  return pv1 === null ? null : readEncounterId(pv1, patientKey, context)
}

/** Details of the visit, where the message has one with a number; never its status. */
export const readVisitUpdate = (message: Hl7Message, patientKey: string, encounterId: string | null, context: Context): Happening[] => {
  const pv1 = segmentOf(message, 'PV1')
  if (pv1 === null || encounterId === null) return []
  return [happened(patientKey, pv1, { type: 'VisitUpdated', encounterId, at: readWhen(message, null, context), visit: readVisit(pv1, context) })]
}
