import type {
  Alarm,
  AlarmRecipient,
  DocumentReported,
  PatientEvent,
  Practitioner,
  ResourceReported,
  ResultReported,
} from '@tideway/schemas/events.generated'
import { isRetracted as isReportRetracted } from '../status/report-status.ts'

/** HL7 v2.9 table 0078: below and above critical limits, and critically abnormal. */
const critical: ReadonlySet<string> = new Set(['LL', 'HH', 'AA'])

/**
 * T11 in words, as in DocumentReported; a resource of FHIR says it in its status or docStatus. What
 * is not available yet (TXA-19 UN) was not taken back.
 */
const isRetracted = ({ trigger, completion, availability }: DocumentReported): boolean =>
  trigger === 'CANCELLED' || [completion, availability].includes('entered-in-error')

/** Statuses of an observation that leave no value to act on. */
const noValue: ReadonlySet<string | null> = new Set(['entered-in-error', 'cancelled'])

type Told = readonly [role: string, people: readonly Practitioner[]][]

/**
 * The people named, each once a role, and the organisation that sent it, whoever is on duty there.
 */
const recipients = (told: Told, source: string): AlarmRecipient[] => [
  ...told.flatMap(([role, people]) =>
    people.map((practitioner) => ({ role, practitioner, organisation: source })),
  ),
  { role: 'SENDER', practitioner: null, organisation: source },
]

const ofResult = (
  { status: ofReport, observations, requesters, copyTo, interpreters }: ResultReported,
  { source, messageId, place: ofOrder }: PatientEvent,
): Alarm[] => {
  const tell = recipients(
    [
      ['REQUESTER', requesters],
      ['COPY_TO', copyTo],
      ['INTERPRETER', interpreters],
    ],
    source,
  )
  if (isReportRetracted(ofReport))
    return [{ code: 'RESULT_RETRACTED', place: ofOrder, message: messageId, tell }]
  return observations.flatMap(({ status, flags, place }): Alarm[] => {
    if (status === 'wrong-patient')
      return [{ code: 'WRONG_PATIENT', place: `${place}-11`, message: messageId, tell }]
    if (noValue.has(status) || !flags.some((flag) => critical.has(flag))) return []
    return [{ code: 'CRITICAL_RESULT', place: `${place}-8`, message: messageId, tell }]
  })
}

const ofDocument = (
  document: DocumentReported,
  { source, messageId, place }: PatientEvent,
): Alarm[] => {
  const { status, authors, authenticators, copyTo } = document
  if (!isRetracted(document) && status !== 'wrong-patient') return []
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
      code: status === 'wrong-patient' ? 'WRONG_PATIENT' : 'DOCUMENT_RETRACTED',
      place: status === 'wrong-patient' ? `${place}-11` : place,
      message: messageId,
      tell,
    },
  ]
}

/**
 * A letter of FHIR documents is kept whole: who wrote it is in its words, and only its sender is
 * known here.
 */
const ofLetter = (
  { resourceType, status }: ResourceReported,
  { source, messageId, place }: PatientEvent,
): Alarm[] =>
  resourceType === 'Composition' && status === 'entered-in-error'
    ? [{ code: 'DOCUMENT_RETRACTED', place, message: messageId, tell: recipients([], source) }]
    : []

/**
 * What a person must be told of at once, and who.
 *
 * @see HL7 v2.9 table 0085 (OBX-11 W), table 0078 (OBX-8 LL, HH, AA) and chapter 9 (T11); FHIR R4
 *   status of DocumentReference, Composition, DiagnosticReport and Observation
 */
export const alarmsOf = (event: PatientEvent): Alarm[] => {
  const { body } = event
  if (body.type === 'ResultReported') return ofResult(body, event)
  if (body.type === 'DocumentReported') return ofDocument(body, event)
  return body.type === 'ResourceReported' ? ofLetter(body, event) : []
}
