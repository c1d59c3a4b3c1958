import type { VisitTime } from '../../segments/pv1.ts'
import { decisiveTime } from '../../datatypes/time-field.ts'
import { type EventBody, unsaid, type Visit } from '@tideway/schemas/events.generated'
import { IngestError } from '../../errors.ts'
import { type Context, type Hl7DraftEvent, draftEvent } from '../../normalise/mapping.ts'
import { fieldPlace, type Hl7Message, segmentOf } from '@tideway/hl7v2/lexer/message'
import {
  hasNumber,
  readEncounterId,
  readEncounterNumber,
  readReferencedNumber,
} from '../../keys/encounter-id.ts'
import { readPlanned, readWhen } from '../../segments/evn.ts'
import { readPatient } from '../patient/patient.ts'
import { readVisit } from './visit.ts'
import { readClinicalSegments } from '../statements/clinical-segments.ts'

/** Events with an encounter, a time and a visit; pending ones also have a planned time. */
type EncounterEvent = Extract<EventBody, { visit: Visit }>
export type EncounterEventType = EncounterEvent['type']

/** Events that register the patient, and so restore a removed one. */
const registering = new Set<EncounterEventType>(['PatientAdmitted', 'PatientPreAdmitted'])

/**
 * Demographics, one event of a visit, and the clinical segments of the message.
 *
 * If PV1 is missing or does not identify the visit, no event is made up: its fields are listed as
 * unused, and the message counts as partly used.
 *
 * @param ofVisit  the time of the visit that dates the event if EVN-6 does not
 * @throws IngestError INVALID_FIELD at PV1-19 if the number is another organisation's
 */
export const readEncounterEvent = (
  type: EncounterEventType,
  message: Hl7Message,
  context: Context,
  ofVisit: VisitTime = null,
): Hl7DraftEvent[] => {
  const patient = readPatient(message, context)
  const details = draftEvent(patient.key, patient.pid, {
    ...patient.details,
    registers: registering.has(type) ? true : null,
  })
  const pv1 = segmentOf(message, 'PV1')
  const encounterId = pv1 === null ? null : readEncounterId(pv1, patient.key, context, decisiveTime)
  if (pv1 !== null && encounterId === null && hasNumber(pv1, context))
    throw new IngestError('INVALID_FIELD', fieldPlace(pv1, 19))
  const sides = readClinicalSegments(message, patient.key, encounterId, context)
  if (pv1 === null || encounterId === null) {
    const partialProblem = {
      code: 'VISIT_NOT_IDENTIFIED',
      place: pv1 === null ? 'PV1' : fieldPlace(pv1, 19),
    }
    return [{ ...details, partialProblem }, ...sides]
  }
  const visit = readVisit(pv1, context, ofVisit)
  const at = readWhen(message, ofVisit === null ? null : visit[ofVisit], context)
  // TypeScript distinguishes at most 25 types of one shape.
  const body = {
    type,
    encounterId,
    at,
    visit,
    ...plannedIn(type, message, context),
  } as EncounterEvent
  return [details, draftEvent(patient.key, pv1, body), ...sides]
}

/** EVN-3 of pending events (A14 to A16). HL7 v2.5.1 chapter 3.4.1.3. */
const plannedIn = (
  type: EncounterEventType,
  message: Hl7Message,
  context: Context,
): { plannedAt?: string | null } =>
  pending.has(type) ? { plannedAt: readPlanned(message, context) } : {}
const pending = new Set<EncounterEventType>([
  'AdmissionPending',
  'TransferPending',
  'DischargePending',
])

/** Business key of the visit; null if the message has none, or only one of another organisation. */
export const readVisitNumber = (
  message: Hl7Message,
  patientKey: string,
  context: Context,
): string | null => {
  const pv1 = segmentOf(message, 'PV1')
  return pv1 === null ? null : readEncounterNumber(pv1, patientKey, context)
}

/**
 * Business key of the visit in a message that is about something else, such as a result or a
 * problem.
 */
export const readVisitReference = (
  message: Hl7Message,
  patientKey: string,
  context: Context,
): string | null => {
  const pv1 = segmentOf(message, 'PV1')
  return pv1 === null ? null : readReferencedNumber(pv1, patientKey, context)
}

/**
 * Details of the visit, never its status, if the message identifies one; and the clinical segments.
 */
export const readVisitUpdate = (
  message: Hl7Message,
  patientKey: string,
  context: Context,
): Hl7DraftEvent[] => {
  const pv1 = segmentOf(message, 'PV1')
  const encounterId = pv1 === null ? null : readEncounterId(pv1, patientKey, context)
  const sides = readClinicalSegments(message, patientKey, encounterId, context)
  if (pv1 === null || encounterId === null) return sides
  return [
    draftEvent(patientKey, pv1, {
      ...unsaid.VisitUpdated(),
      encounterId,
      at: readWhen(message, null, context),
      visit: readVisit(pv1, context),
    }),
    ...sides,
  ]
}

/**
 * Demographics, details of the visit, and the clinical segments. @param registers  whether a
 * patient that was removed is restored
 */
export const readDetails = (
  message: Hl7Message,
  context: Context,
  registers: true | null = null,
): Hl7DraftEvent[] => {
  const patient = readPatient(message, context)
  return [
    draftEvent(patient.key, patient.pid, { ...patient.details, registers }),
    ...readVisitUpdate(message, patient.key, context),
  ]
}
