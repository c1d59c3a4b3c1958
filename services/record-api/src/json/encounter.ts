import type { Encounter as StoredEncounter, Entry } from '@tideway/schemas/documents/entry'
import type { Practitioner as SentPractitioner, Visit } from '@tideway/schemas/events.generated'
import { type Static, Type } from 'typebox'
import { newestOf } from '@tideway/record/entries/newest'
import { type EntryContext, entryFields, entryFieldsOf } from './entry.ts'
import { type More, restOf } from './more.ts'
import {
  clinicalTime,
  Coded,
  list,
  Location,
  object,
  orNull,
  Practitioner,
  text,
  textOrNull,
} from './values.ts'

const Stay = object('Stay', 'A time in a place.', {
  location: Location,
  from: clinicalTime('Since when.'),
  event: text('What happened, e.g. PatientTransferred.'),
  cancelled: Type.Boolean({
    description:
      'True if the sender took it back; it is shown because somebody may have acted on it.',
  }),
  message: text('Message id, as in `origins`.'),
  segment: text('Segment in that message.'),
})

const Movement = object('Movement', 'What one message said happened.', {
  event: text('E.g. PatientAdmitted, DischargeCancelled.'),
  at: clinicalTime('When.'),
  location: orNull(Location),
  patientClass: textOrNull('Class from then.'),
  message: text('Message id, as in `origins`.'),
  segment: text('Segment in that message.'),
})

export const Leave = object('Leave', 'Leave of absence.', {
  since: clinicalTime('Since when.'),
  message: text('Message id, as in `origins`.'),
  segment: text('Segment in that message.'),
})

const Expected = object('Expected', 'What is expected, and neither happened nor was taken back.', {
  event: text('AdmissionPending, TransferPending or DischargePending.'),
  at: clinicalTime('When it was told of.'),
  plannedAt: clinicalTime('When it is planned.'),
  location: orNull(Location, 'Where.'),
  message: text('Message id, as in `origins`.'),
  segment: text('Segment in that message.'),
})

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
  'A place without its time would outlive the move: `stays`, `movements` and `expected` have it with when.'

/** What a visit says and is not answered, and why. */
export const visitNotShown = {
  priorLocation: inMovements,
  temporaryLocation: inMovements,
  pendingLocation: inMovements,
  priorTemporaryLocation: inMovements,
  priorPendingLocation: inMovements,
  accountStatus: 'Of billing, not of care.',
  vip: 'How the sender treats a person of note: of no use for care, and it draws eyes.',
} as const

/** Fields of a visit that are answered under `more`. */
export const visitMore = restOf('Visit', elsewhere, visitNotShown)
const VisitMore = Type.Unsafe<More>(
  object(
    'VisitMore',
    'What else was said of the visit, each field the newest of its kind, codes as sent.',
    visitMore.fields,
  ),
)

export const Encounter = object('Encounter', 'A stay or visit at one organisation.', {
  kind: Type.Literal('encounter'),
  ...entryFields,
  encounterId: text(
    'Visit number of the organisation (PV1-19); where none was sent, the field the visit is known by instead, a space and its value, e.g. PID-18 S4711.',
  ),
  status: Type.Enum(['planned', 'open', 'closed', 'cancelled', 'unknown']),
  patientClass: textOrNull(
    "INPATIENT, OUTPATIENT, EMERGENCY, PREADMIT, ...; as sent if not in the source's table.",
  ),
  admittedAt: clinicalTime('Admission.'),
  dischargedAt: clinicalTime('Discharge.'),
  location: orNull(
    Location,
    'The newest true location; null if not known or the encounter is over.',
  ),
  locationSince: clinicalTime('Since when it is there.'),
  onLeave: orNull(Leave, 'Leave of absence that goes on; the place is kept meanwhile.'),
  expected: list(
    Expected,
    'Admission, transfer and discharge that are expected. They never change the place.',
  ),
  stays: list(Stay, 'Location history, oldest first.'),
  movements: list(Movement, 'Every movement as told, oldest first.'),
  service: textOrNull('Hospital service or treatment function (PV1-10).'),
  admissionType: textOrNull('PV1-4.'),
  admitSource: textOrNull('PV1-14.'),
  reason: orNull(Coded, 'PV2-3.'),
  dischargeDisposition: textOrNull('PV1-36.'),
  dischargedTo: textOrNull('PV1-37.'),
  description: textOrNull('PV2-12.'),
  ambulatoryStatuses: list(Coded, 'States such as wheelchair or disoriented (PV1-15).'),
  precautions: list(Coded, 'PV2-41.'),
  patientCondition: orNull(Coded, 'PV2-42.'),
  levelOfCare: orNull(Coded, 'PV2-40.'),
  accommodation: orNull(Coded, 'PV2-2.'),
  diet: orNull(Coded, 'PV1-38.'),
  modeOfArrival: orNull(Coded, 'PV2-38.'),
  expectedAdmitAt: clinicalTime('Expected admission (PV2-8).'),
  expectedDischargeAt: clinicalTime('Expected discharge (PV2-9).'),
  expectedReturnAt: clinicalTime('Expected return from leave (PV2-47).'),
  more: VisitMore,
  attending: list(Practitioner),
  referring: list(Practitioner),
  consulting: list(Practitioner),
  admitting: list(Practitioner),
})
export type Encounter = Static<typeof Encounter>

const people = (sent: SentPractitioner[] | undefined): SentPractitioner[] => sent ?? []

export const leaveOf = (leave: StoredEncounter['leave']): Static<typeof Leave> | null =>
  leave && { since: leave.since, message: leave.message, segment: leave.place }

/** How the patient is and what is planned in the visit. */
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

/** One encounter for a reader. */
export const encounterOf = (
  entry: Entry,
  data: StoredEncounter,
  context: EntryContext,
): Encounter => {
  const details = newestOf(data.details)
  return {
    kind: 'encounter',
    ...entryFieldsOf(entry, context),
    encounterId: data.encounterId,
    status: data.status,
    patientClass: data.patientClass,
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
      patientClass,
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
