import type { Entry, ReportObservation } from '@tideway/schemas/documents/entry'
import type {
  Alarm,
  AlarmRecipient,
  DocumentReported,
  Observation,
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
import {
  correctsInWords,
  withdrawalInValue,
  withdrawalInWords,
  withdrawingInWords,
} from '../withdrawal/withdrawn-in-words.ts'
import { isCurrent } from '../withdrawal/shown-after-withdrawal.ts'
import { namesOtherSubject } from '../withdrawal/other-subject.ts'
import { isCriticalResult } from './critical-result.ts'
import { isWrongPatient, isWrongPatientInWords } from './wrong-patient.ts'

type PeopleByRole = readonly [role: string, people: readonly Practitioner[]][]

/** Each person named, once a role, and the sending organisation, for whoever is on duty there. */
const recipients = (people: PeopleByRole, source: string): AlarmRecipient[] => [
  ...people.flatMap(([role, practitioners]) =>
    practitioners.map((practitioner) => ({ role, practitioner, organisation: source })),
  ),
  { role: 'SENDER', practitioner: null, organisation: source },
]

type Data = Entry['data'] | null

/** The observation that a message stated, as it is known after it. */
const statedIn = (data: Data, messageId: string, place: string): ReportObservation | undefined =>
  data === null || data.kind !== 'report'
    ? undefined
    : data.observations.find(({ reported }) =>
        reported.some(
          (told) => told.message === messageId && told.place === place && isSaidHere(told),
        ),
      )

type Placed = { message: string; place: string }

/** Where words say that a value stated here, or one before it, is another patient's. */
const wrongPatientInWords = (
  observation: Observation,
  stated: ReportObservation | undefined,
  message: string,
): Placed | null => {
  const { place } = observation
  if (isWrongPatientInWords(correctsInWords(observation))) return { message, place }
  const by = stated === undefined ? null : withdrawingInWords(stated.reported, { message, place })
  if (by === null || !isWrongPatientInWords(withdrawalInWords(by))) return null
  // It was raised when that message came.
  return by.message !== message && correctsInWords(by) !== null ? null : by
}

/**
 * Whether an observation has a value to act on: not if its report was cancelled later, a later
 * version left it out, or words withdraw it, and this message comes late.
 */
const isToActOn = (
  observation: Observation,
  stated: ReportObservation | undefined,
  messageId: string,
): boolean => {
  if (withdrawalInValue(observation) !== null) return false
  if (stated === undefined) return true
  const by = withdrawingInWords(stated.reported, { message: messageId, place: observation.place })
  const isWithdrawn = by !== null && by.message !== messageId
  return isCurrent(stated) && !isWithdrawn
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
    const stated = statedIn(data, messageId, place)
    const inWords = wrongPatientInWords(observation, stated, messageId)
    const isCritical =
      isCriticalResult(observation) &&
      retractionOf(body.status) === null &&
      isToActOn(observation, stated, messageId)
    return [
      ...(inWords === null
        ? []
        : [
            {
              code: 'WRONG_PATIENT' as const,
              place: inWords.place,
              message: inWords.message,
              tell,
            },
          ]),
      ...(isCritical
        ? [{ code: 'CRITICAL_RESULT' as const, place: `${place}-8`, message: messageId, tell }]
        : []),
    ]
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
 * @see HL7 v2.9 table 0085 (OBX-11 W; `wordsOfWithdrawal` for the same in words), table 0078 (OBX-8 LL, HH, AA) and chapter 9 (T11); FHIR R4
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
