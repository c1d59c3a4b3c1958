import type { EventBody, Visit } from '@tideway/schemas/events.generated'
import { IngestError } from '../errors.ts'
import { type Context, type Happening, happened } from '../mapping.ts'
import { fieldPlace, type Hl7Message, segmentOf } from '../parse.ts'
import { decisiveTime } from '../values/timestamp.ts'
import { hasNumber, readEncounterId, readEncounterNumber } from './encounter-id.ts'
import { readWhen } from './evn.ts'
import { readPatient } from './pid.ts'
import { readVisit, requireVisitSegment, type VisitTime } from './pv1.ts'

/** Events that have an encounter, a time and the visit, and nothing else. */
export type EncounterEventType = Extract<EventBody, { visit: Visit }>['type']

/**
 * Who the patient is, and one thing that happened in a visit: PID, EVN, PV1, PV2.
 *
 * Where nothing tells the visit from the patient's others, only who the patient is: the rest would be guessed, is listed as unused, and the
 * message counts as one that was used in part.
 *
 * @param ofVisit  the visit's own time that says when, if EVN-6 does not
 * @throws IngestError INVALID_FIELD at PV1-19 if the number is another organisation's, at PV1-44 if the visit is known by it alone
 */
export const readEncounterEvent = (type: EncounterEventType, message: Hl7Message, context: Context, ofVisit: VisitTime = null): Happening[] => {
  const patient = readPatient(message, context)
  const details = happened(patient.key, patient.pid, patient.details)
  const pv1 = requireVisitSegment(message)
  const encounterId = readEncounterId(pv1, patient.key, context, decisiveTime)
  if (encounterId === null && hasNumber(pv1, context)) throw new IngestError('INVALID_FIELD', fieldPlace(pv1, 19))
  if (encounterId === null) return [{ ...details, shortOf: { code: 'VISIT_NOT_IDENTIFIED', place: fieldPlace(pv1, 19) } }]
  const visit = readVisit(pv1, context, ofVisit)
  const at = readWhen(message, ofVisit === null ? null : visit[ofVisit], context)
  return [details, happened(patient.key, pv1, { type, encounterId, at, visit })]
}

/** What the visit of a result is known by; null if the message has none, or none of the patient's organisation. */
export const readVisitNumber = (message: Hl7Message, patientKey: string, context: Context): string | null => {
  const pv1 = segmentOf(message, 'PV1')
  return pv1 === null ? null : readEncounterNumber(pv1, patientKey, context)
}

/** Details of the visit, where the message has one that can be told from others; never its status. */
export const readVisitUpdate = (message: Hl7Message, patientKey: string, context: Context): Happening[] => {
  const pv1 = segmentOf(message, 'PV1')
  const encounterId = pv1 === null ? null : readEncounterId(pv1, patientKey, context)
  if (pv1 === null || encounterId === null) return []
  return [happened(patientKey, pv1, { type: 'VisitUpdated', encounterId, at: readWhen(message, null, context), visit: readVisit(pv1, context) })]
}
