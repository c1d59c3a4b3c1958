import type { Alarm, AlarmRecipient, DocumentReported, PatientEvent, Practitioner, ResultReported } from '@tideway/schemas/events.generated'

/** HL7 v2.9 table 0078: below and above critical limits, and critically abnormal. */
const critical: ReadonlySet<string> = new Set(['LL', 'HH', 'AA'])

/** T11 in words, as in DocumentReported. */
const retracted = 'CANCELLED'

type Told = readonly [role: string, people: readonly Practitioner[]][]

/** The people named, each once a role, and the organisation that sent it, whoever is on duty there. */
const recipients = (told: Told, source: string): AlarmRecipient[] => [
  ...told.flatMap(([role, people]) => people.map((practitioner) => ({ role, practitioner, organisation: source }))),
  { role: 'SENDER', practitioner: null, organisation: source },
]

const ofResult = ({ observations, requesters, copyTo, interpreters }: ResultReported, { source, messageId }: PatientEvent): Alarm[] => {
  const tell = recipients([['REQUESTER', requesters], ['COPY_TO', copyTo], ['INTERPRETER', interpreters]], source)
  return observations.flatMap(({ status, flags, place }): Alarm[] => {
    if (status === 'W') return [{ code: 'WRONG_PATIENT', place: `${place}-11`, message: messageId, tell }]
    if (status === 'D' || status === 'X' || !flags.some((flag) => critical.has(flag))) return []
    return [{ code: 'CRITICAL_RESULT', place: `${place}-8`, message: messageId, tell }]
  })
}

const ofDocument = ({ trigger, status, authors, authenticators, copyTo }: DocumentReported, { source, messageId, place }: PatientEvent): Alarm[] => {
  if (trigger !== retracted && status !== 'W') return []
  const tell = recipients([['AUTHOR', authors], ['AUTHENTICATOR', authenticators], ['COPY_TO', copyTo]], source)
  return [{ code: status === 'W' ? 'WRONG_PATIENT' : 'DOCUMENT_RETRACTED', place: status === 'W' ? `${place}-11` : place, message: messageId, tell }]
}

/**
 * What a person must be told of at once, and who.
 *
 * @see HL7 v2.9 table 0085 (OBX-11 W), table 0078 (OBX-8 LL, HH, AA) and chapter 9 (T11)
 */
export const alarmsOf = (event: PatientEvent): Alarm[] => {
  if (event.body.type === 'ResultReported') return ofResult(event.body, event)
  return event.body.type === 'DocumentReported' ? ofDocument(event.body, event) : []
}
