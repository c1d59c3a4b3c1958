import type { Encounter as StoredEncounter, Entry } from '@tideway/schemas/documents/entry'
import type { Practitioner as SentPractitioner, Visit } from '@tideway/schemas/events.generated'
import { type Static, Type } from 'typebox'
import { newestOf } from '@tideway/record/entries/newest'
import type { Presented } from './schema/answer.ts'
import { type EntryContext, entryFields, entryFieldsOf } from './entry.ts'
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
} from './schema/values.ts'

const Stay = object('Stay', 'A stay in one location.', {
  location: Location,
  from: clinicalTime('Start of the stay.'),
  event: text('Event that began it, e.g. PatientTransferred.'),
  cancelled: Type.Boolean({
    description:
      'True if the sender cancelled it. It stays visible, as somebody may have acted on it.',
  }),
  message: text('Message id, as in `origins`.'),
  segment: text('Segment in that message.'),
})

const Movement = object('Movement', 'A movement reported by one message.', {
  event: text('E.g. PatientAdmitted, DischargeCancelled.'),
  at: clinicalTime('When it happened.'),
  location: optional(Location),
  ...patientClassFields,
  message: text('Message id, as in `origins`.'),
  segment: text('Segment in that message.'),
})

export const Leave = object('Leave', 'Leave of absence.', {
  since: clinicalTime('Start of the leave.'),
  message: text('Message id, as in `origins`.'),
  segment: text('Segment in that message.'),
})

const Expected = object(
  'Expected',
  'An expected movement that has neither happened nor been cancelled.',
  {
    event: text('AdmissionPending, TransferPending or DischargePending.'),
    at: clinicalTime('When it was announced.'),
    plannedAt: clinicalTime('When it is planned for.'),
    location: optional(Location),
    message: text('Message id, as in `origins`.'),
    segment: text('Segment in that message.'),
  },
)

const elsewhere = [
  'patientClass',
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

export const leaveOf = (leave: StoredEncounter['leave']): Presented<Static<typeof Leave>> | null =>
  leave && { since: leave.since, message: leave.message, segment: leave.place }

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
    ...patientClassOf(data.patientClass),
    admittedAt: data.admittedAt,
    dischargedAt: data.dischargedAt,
    location: data.location,
    locationSince: data.locationSince,
    onLeave: leaveOf(data.leave ?? null),
    expected: (data.expected ?? []).map(({ event, at, plannedAt, location, message, place }) => ({
      event,
      at,
      plannedAt: plannedAt ?? null,
      location,
      message,
      segment: place,
    })),
    stays: data.stays.map(({ location, from, event, cancelled, message, place }) => ({
      location,
      from,
      event,
      cancelled,
      message,
      segment: place,
    })),
    movements: data.movements.map(({ event, at, location, patientClass, message, place }) => ({
      event,
      at,
      location,
      ...patientClassOf(patientClass),
      message,
      segment: place,
    })),
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
