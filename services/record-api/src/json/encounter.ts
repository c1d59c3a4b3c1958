import type { Encounter as StoredEncounter, Entry } from '@tideway/schemas/documents/entry'
import type { Practitioner as SentPractitioner, Visit } from '@tideway/schemas/events.generated'
import { type Static, Type } from 'typebox'
import { newestOf } from '@tideway/record/entries/newest'
import type { Presented } from './schema/answer.ts'
import { type EntryContext, entryFields, entryFieldsOf } from './entry.ts'
import { courseOf, Expected, Leave, leaveOf, Movement, Stay } from './schema/course.ts'
import { type More, restOf } from './schema/more.ts'
import { patientClassFields, patientClassOf } from './patient-class.ts'
import {
  clinicalTime,
  Coded,
  list,
  Location,
  object,
  optional,
  Practitioner,
  text,
  optionalText,
  statusSystem,
} from './schema/values.ts'

const elsewhere = [
  'patientClass',
  'patientClassAsSent',
  'statusAsSent',
  'statusSystem',
  'location',
  'admittedAt',
  'dischargedAt',
  'service',
  'admissionType',
  'admitSource',
  'reason',
  'dischargeDisposition',
  'dischargedTo',
  'description',
  'ambulatoryStatuses',
  'precautions',
  'patientCondition',
  'levelOfCare',
  'accommodation',
  'diet',
  'modeOfArrival',
  'expectedAdmitAt',
  'expectedDischargeAt',
  'expectedReturnAt',
  'attending',
  'referring',
  'consulting',
  'admitting',
]
const inMovements =
  'A location without its time would outlive the move; `stays`, `movements` and `expected` have both.'

/** Fields of a visit that are not in an answer, with the reason. */
export const visitNotShown = {
  priorLocation: inMovements,
  temporaryLocation: inMovements,
  pendingLocation: inMovements,
  priorTemporaryLocation: inMovements,
  priorPendingLocation: inMovements,
  accountStatus: 'About billing, not care.',
  vip: 'Not needed for care, and it attracts unwarranted access.',
} as const

/** Fields of a visit under `more`. */
export const visitMore = restOf('Visit', elsewhere, visitNotShown)
const VisitMore = Type.Unsafe<More>(
  object(
    'VisitMore',
    'Other fields of the visit, the newest value of each, codes as sent.',
    visitMore.fields,
  ),
)

export const EncounterAnswer = object('Encounter', 'A stay or visit at one organisation.', {
  kind: Type.Literal('encounter'),
  ...entryFields,
  encounterId: text(
    'Visit number of the organisation (PV1-19). If none was sent: the field that identifies the visit instead, a space and its value, e.g. PID-18 S4711.',
  ),
  status: Type.Enum(['planned', 'open', 'closed', 'cancelled', 'unknown']),
  statusAsSent: optionalText(
    'Encounter.status as sent, if the newest word of the visit has one; HL7 v2 has none.',
  ),
  statusSystem: statusSystem('URI of the value set of that code.'),
  ...patientClassFields,
  admittedAt: clinicalTime('Admission.'),
  dischargedAt: clinicalTime('Discharge.'),
  location: optional(
    Location,
    'The newest location that was not cancelled; absent if not known or the encounter is over.',
  ),
  locationSince: clinicalTime('When the patient came to that location.'),
  onLeave: optional(Leave, 'Current leave of absence; the location is kept meanwhile.'),
  expected: list(
    Expected,
    'Expected admission, transfer and discharge. They never change the location.',
  ),
  stays: list(Stay, 'Location history, oldest first.'),
  movements: list(Movement, 'Every movement as reported, oldest first.'),
  service: optionalText('Hospital service or treatment function (PV1-10).'),
  admissionType: optionalText('PV1-4.'),
  admitSource: optionalText('PV1-14.'),
  reason: optional(Coded, 'PV2-3.'),
  dischargeDisposition: optionalText('PV1-36.'),
  dischargedTo: optionalText('PV1-37.'),
  description: optionalText('PV2-12.'),
  ambulatoryStatuses: list(Coded, 'E.g. wheelchair or disoriented (PV1-15).'),
  precautions: list(Coded, 'PV2-41.'),
  patientCondition: optional(Coded, 'PV2-42.'),
  levelOfCare: optional(Coded, 'PV2-40.'),
  accommodation: optional(Coded, 'PV2-2.'),
  diet: optional(Coded, 'PV1-38.'),
  modeOfArrival: optional(Coded, 'PV2-38.'),
  expectedAdmitAt: clinicalTime('Expected admission (PV2-8).'),
  expectedDischargeAt: clinicalTime('Expected discharge (PV2-9).'),
  expectedReturnAt: clinicalTime('Expected return from leave (PV2-47).'),
  more: optional(VisitMore),
  attending: list(Practitioner),
  referring: list(Practitioner),
  consulting: list(Practitioner),
  admitting: list(Practitioner),
})
export type EncounterAnswer = Static<typeof EncounterAnswer>

const people = (sent: SentPractitioner[] | undefined): SentPractitioner[] => sent ?? []

/** The patient's condition and the plan for the visit. */
const careOf = (details: Partial<Visit>) => ({
  description: details.description ?? null,
  ambulatoryStatuses: details.ambulatoryStatuses ?? [],
  precautions: details.precautions ?? [],
  patientCondition: details.patientCondition ?? null,
  levelOfCare: details.levelOfCare ?? null,
  accommodation: details.accommodation ?? null,
  diet: details.diet ?? null,
  modeOfArrival: details.modeOfArrival ?? null,
  expectedAdmitAt: details.expectedAdmitAt ?? null,
  expectedDischargeAt: details.expectedDischargeAt ?? null,
  expectedReturnAt: details.expectedReturnAt ?? null,
})

/** One encounter as an answer. */
export const encounterOf = (
  entry: Entry,
  data: StoredEncounter,
  context: EntryContext,
): Presented<EncounterAnswer> => {
  const details = newestOf(data.details)
  return {
    kind: 'encounter',
    ...entryFieldsOf(entry, context),
    encounterId: data.encounterId,
    status: data.status,
    statusAsSent: data.statusAsSent ?? null,
    statusSystem: data.statusAsSent === undefined ? null : 'ENCOUNTER_STATUS',
    ...patientClassOf(data.patientClass, data.patientClassAsSent),
    admittedAt: data.admittedAt,
    dischargedAt: data.dischargedAt,
    location: data.location,
    locationSince: data.locationSince,
    onLeave: leaveOf(data.leave ?? null),
    ...courseOf(data),
    service: details.service ?? null,
    admissionType: details.admissionType ?? null,
    admitSource: details.admitSource ?? null,
    reason: details.reason ?? null,
    dischargeDisposition: details.dischargeDisposition ?? null,
    dischargedTo: details.dischargedTo ?? null,
    ...careOf(details),
    more: visitMore.of(details),
    attending: people(data.attending ?? details.attending),
    referring: people(details.referring),
    consulting: people(details.consulting),
    admitting: people(details.admitting),
  }
}
