import { isAfterItsMovement, withHoursTold } from '@tideway/record/entries/encounter/told-times'
import type { Encounter, Movement as Told } from '@tideway/schemas/documents/entry'
import { type Static, Type } from 'typebox'
import { patientClassFields, patientClassOf } from '../patient-class.ts'
import type { Presented } from './answer.ts'
import { clinicalTime, futureMark, Location, object, optional, text } from './values.ts'

export const Stay = object('Stay', 'A stay in one location.', {
  location: Location,
  from: clinicalTime('Start of the stay.'),
  inFuture: futureMark('`from` lies after the message that says it.'),
  event: text('Event that began it, e.g. PatientTransferred.'),
  cancelled: Type.Boolean({
    description:
      'True if the sender cancelled it. It stays visible, as somebody may have acted on it.',
  }),
  message: text('Message id, as in `origins`.'),
  segment: text('Segment in that message.'),
})

export const Movement = object('Movement', 'A movement reported by one message.', {
  event: text('E.g. PatientAdmitted, DischargeCancelled.'),
  at: clinicalTime('When it happened.'),
  inFuture: futureMark('`at` lies after the message that says it.'),
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

export const Expected = object(
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

export const leaveOf = (leave: Encounter['leave']): Presented<Static<typeof Leave>> | null =>
  leave && { since: leave.since, message: leave.message, segment: leave.place }

const markOf = (data: Encounter, by: Pick<Told, 'message' | 'place'>, at: string | null) =>
  isAfterItsMovement(data, by, at) ? (true as const) : null

const stayOf = (data: Encounter, stay: Encounter['stays'][number]) => ({
  location: stay.location,
  from: stay.from,
  inFuture: markOf(data, stay, stay.from),
  event: stay.event,
  cancelled: stay.cancelled,
  message: stay.message,
  segment: stay.place,
})

const movementOf = (data: Encounter, movement: Told) => ({
  event: movement.event,
  at: movement.at,
  inFuture: markOf(data, movement, movement.at),
  location: movement.location,
  ...patientClassOf(movement.patientClass, movement.patientClassAsSent),
  message: movement.message,
  segment: movement.place,
})

/** What happened in the course of an encounter, and what is expected to. */
export const courseOf = (data: Encounter) => ({
  expected: (data.expected ?? []).map(({ event, at, plannedAt, location, message, place }) => ({
    event,
    at,
    plannedAt: plannedAt ?? null,
    location,
    message,
    segment: place,
  })),
  stays: data.stays.map((stay) => stayOf(data, stay)),
  movements: withHoursTold(data.movements).map((movement) => movementOf(data, movement)),
})
