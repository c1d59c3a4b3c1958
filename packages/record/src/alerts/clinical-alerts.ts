import type { Entry } from '@tideway/schemas/documents/entry'
import type {
  Alarm,
  AlarmRecipient,
  DocumentReported,
  PatientEvent,
  Practitioner,
  ResourceReported,
  ResultReported,
} from '@tideway/schemas/events.generated'
import {
  retractsDocument,
  retractsLetter,
  retractsReport,
} from '../withdrawal/retracting-events.ts'
import { isSaidHere } from '../entries/kept-statements.ts'
import { retractionOf } from '../status/report-status.ts'
import { isCurrent } from '../withdrawal/shown-after-withdrawal.ts'
import { namesOtherSubject } from '../withdrawal/other-subject.ts'
import { isCriticalResult } from './critical-result.ts'
import { isWrongPatient } from './wrong-patient.ts'

type PeopleByRole = readonly [role: string, people: readonly Practitioner[]][]

/** Each person named, once a role, and the sending organisation, for whoever is on duty there. */
const recipients = (people: PeopleByRole, source: string): AlarmRecipient[] => [
  ...people.flatMap(([role, practitioners]) =>
    practitioners.map((practitioner) => ({ role, practitioner, organisation: source })),
  ),
  { role: 'SENDER', practitioner: null, organisation: source },
]

type Data = Entry['data'] | null

/**
 * Whether the observation that a message stated has a current value: not if its report was
 * cancelled later, or a later version left it out, and this message comes late.
 */
const hasCurrentValue = (data: Data, messageId: string, place: string): boolean => {
  if (data === null || data.kind !== 'report') return true
  const stated = data.observations.find(({ reported }) =>
    reported.some((told) => told.message === messageId && told.place === place && isSaidHere(told)),
  )
  return stated === undefined || isCurrent(stated)
}

const ofResult = (
  body: ResultReported,
  { source, messageId, place: reportPlace }: PatientEvent,
  data: Data,
): Alarm[] => {
  const tell = recipients(
    [
      ['REQUESTER', body.requesters],
      ['COPY_TO', body.copyTo],
      ['INTERPRETER', body.interpreters],
    ],
    source,
  )
  if (retractsReport(body))
    return [{ code: 'RESULT_RETRACTED', place: reportPlace, message: messageId, tell }]
  return body.observations.flatMap((observation): Alarm[] => {
    const { place } = observation
    if (isWrongPatient(observation))
      return [{ code: 'WRONG_PATIENT', place: `${place}-11`, message: messageId, tell }]
    return isCriticalResult(observation) &&
      retractionOf(body.status) === null &&
      hasCurrentValue(data, messageId, place)
      ? [{ code: 'CRITICAL_RESULT', place: `${place}-8`, message: messageId, tell }]
      : []
  })
}

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
 * @see HL7 v2.9 table 0085 (OBX-11 W), table 0078 (OBX-8 LL, HH, AA) and chapter 9 (T11); FHIR R4
 *   status of DocumentReference, Composition, DiagnosticReport and Observation
 */
export const clinicalAlerts = (event: PatientEvent, data: Data = null): Alarm[] => {
  const { body, place, messageId, source } = event
  if (namesOtherSubject(event))
    return [{ code: 'WRONG_PATIENT', place, message: messageId, tell: recipients([], source) }]
  if (body.type === 'ResultReported') return ofResult(body, event, data)
  if (body.type === 'DocumentReported') return ofDocument(body, event)
  return body.type === 'ResourceReported' ? ofLetter(body, event) : []
}
