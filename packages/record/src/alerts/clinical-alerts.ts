import type { Entry } from '@tideway/schemas/documents/entry'
import type {
  Alarm,
  DocumentReported,
  PatientEvent,
  ResourceReported,
} from '@tideway/schemas/events.generated'
import { namesOtherSubject } from '../withdrawal/other-subject.ts'
import { retractsDocument, retractsLetter } from '../withdrawal/retracting-events.ts'
import { recipients } from './recipients.ts'
import { resultAlerts } from './result-alerts.ts'
import { isWrongPatient } from './wrong-patient.ts'

const ofDocument = (
  document: DocumentReported,
  { source, messageId, place }: PatientEvent,
): Alarm[] => {
  const wrongPatient = isWrongPatient(document)
  if (!retractsDocument(document) && !wrongPatient) return []
  const { authors, authenticators, copyTo } = document
  const tell = recipients(
    [
      ['AUTHOR', authors],
      ['AUTHENTICATOR', authenticators],
      ['COPY_TO', copyTo],
    ],
    source,
  )
  return [
    {
      code: wrongPatient ? 'WRONG_PATIENT' : 'DOCUMENT_RETRACTED',
      place: wrongPatient ? `${place}-11` : place,
      message: messageId,
      tell,
    },
  ]
}

/** A FHIR letter is kept whole: its authors are in its text, so only the sender is known here. */
const ofLetter = (body: ResourceReported, { source, messageId, place }: PatientEvent): Alarm[] =>
  retractsLetter(body)
    ? [{ code: 'DOCUMENT_RETRACTED', place, message: messageId, tell: recipients([], source) }]
    : []

/**
 * What clinicians must be told at once, and whom to tell: a critical result, a result or document
 * of the wrong patient, a resource that now names another patient, a retracted report or document.
 *
 * @param data  of the entry after the event; a critical value that is not current there is not told
 * @see HL7 v2.9 table 0085 (OBX-11 W; `wordsOfWithdrawal` for the same in words), table 0078
 *   (OBX-8 LL, HH, AA) and chapter 9 (T11); FHIR R4 status of DocumentReference, Composition,
 *   DiagnosticReport and Observation
 */
export const clinicalAlerts = (event: PatientEvent, data: Entry['data'] | null = null): Alarm[] => {
  const { body, place, messageId, source } = event
  if (namesOtherSubject(event))
    return [{ code: 'WRONG_PATIENT', place, message: messageId, tell: recipients([], source) }]
  if (body.type === 'ResultReported') return resultAlerts(body, event, data)
  if (body.type === 'DocumentReported') return ofDocument(body, event)
  return body.type === 'ResourceReported' ? ofLetter(body, event) : []
}
