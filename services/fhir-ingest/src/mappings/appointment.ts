import type { AppointmentParticipant, CodeableConcept, Reference } from '@medplum/fhirtypes'
import { type AppointmentReported, unsaid } from '@tideway/schemas/events.generated'
import { businessKey, numberOfReference } from '../keys/business-key.ts'
import { numbersOf } from '../keys/number-of.ts'
import { fhirError } from '../errors.ts'
import { happened, type ResourceMapping } from '../mapping.ts'
import { type FhirMessage, type Resource, take, takeAll } from '../normalise/message.ts'
import { patientKeyOfReference } from '../keys/patient-key.ts'
import { typeOf } from '../normalise/resolve.ts'
import { readCoded, textCoded, wordOf } from '../values/coded.ts'
import { readLocation } from '../values/location.ts'
import { readPerformer } from '../values/performer.ts'
import { statedStatus } from '../values/stated-status.ts'
import { readAppointmentStatus } from '@tideway/record/status/appointment-status'

type Participant = {
  type: CodeableConcept[] | undefined
  actor: Reference | undefined
  actorType: string | null
  status: AppointmentParticipant['status']
  index: number
}

const participantsOf = (resource: Resource, message: FhirMessage): Participant[] =>
  takeAll<AppointmentParticipant>(resource, 'participant').map((one, index) => ({
    type: one.type,
    actor: one.actor,
    actorType: typeOf(one.actor, resource, message),
    status: one.status,
    index,
  }))

/**
 * The patient of an appointment.
 *
 * @throws FhirError MISSING_SUBJECT if no patient takes part, SEVERAL_PATIENTS if two do
 */
const whose = (
  participants: readonly Participant[],
  resource: Resource,
  message: FhirMessage,
): string => {
  const at = (index: number) => `${resource.place}.participant[${index}].actor`
  const keys = participants
    .filter(({ actorType }) => actorType === 'Patient')
    .map(({ actor, index }) =>
      patientKeyOfReference(actor as Reference, resource, at(index), message),
    )
    .filter((key) => key !== null)
  const [first, ...others] = new Set(keys)
  if (first === undefined) throw fhirError('MISSING_SUBJECT', `${resource.place}.participant`)
  if (others.length > 0) throw fhirError('SEVERAL_PATIENTS', `${resource.place}.participant`)
  return first
}

/** What a participant answered, unless it is the acceptance that a booking implies. */
const answersOf = (participants: readonly Participant[]): string[] =>
  participants
    .filter(({ status }) => status !== undefined && status !== 'accepted')
    .map(({ actor, actorType, type, status }) => {
      const who = actor?.display ?? actorType ?? readCoded(type?.[0])?.text ?? 'Participant'
      return `${who}: ${status}`
    })

const partsOf = (
  participants: readonly Participant[],
  resource: Resource,
  message: FhirMessage,
): Pick<AppointmentReported, 'locations' | 'practitioners' | 'resources'> => {
  const of = (...types: (string | null)[]) =>
    participants.filter(({ actorType }) => types.includes(actorType))
  return {
    locations: of('Location')
      .map(({ actor }) => readLocation(actor, resource, message))
      .filter((one) => one !== null),
    practitioners: of('Practitioner', 'PractitionerRole', null)
      .map(({ actor, type }) => readPerformer(actor, type?.[0], undefined, resource, message))
      .filter((one) => one !== null),
    resources: of('Device', 'HealthcareService')
      .map(({ actor }) => textCoded(actor?.display ?? actor?.identifier?.value))
      .filter((one) => one !== null),
  }
}

const appointmentOf = (
  participants: readonly Participant[],
  resource: Resource,
  patientKey: string,
  message: FhirMessage,
): AppointmentReported => {
  const numbers = numbersOf(resource, 'FILL', message)
  const minutes = take<number>(resource, 'minutesDuration')
  const priority = take<number>(resource, 'priority')
  const [service] = takeAll<CodeableConcept>(resource, 'serviceType')
  const [specialty] = takeAll<CodeableConcept>(resource, 'specialty')
  const [reason] = takeAll<CodeableConcept>(resource, 'reasonCode')
  const [based] = takeAll<Reference>(resource, 'basedOn')
  const notes = ['description', 'comment'].map((name) => take<string>(resource, name))
  return {
    ...unsaid.AppointmentReported(),
    appointmentId: businessKey(resource, patientKey, message),
    placerNumber: numbers.placer?.value ?? null,
    fillerNumber: numbers.filler?.value ?? null,
    ...statedStatus(resource, readAppointmentStatus(take(resource, 'status'), 'APPOINTMENTSTATUS')),
    reason: readCoded(reason),
    eventReason: readCoded(take<CodeableConcept>(resource, 'cancelationReason')),
    appointmentType: readCoded(take<CodeableConcept>(resource, 'appointmentType')),
    service: readCoded(service),
    specialty: wordOf(specialty),
    priority: priority === null ? null : String(priority),
    startAt: take<string>(resource, 'start'),
    endAt: take<string>(resource, 'end'),
    durationMinutes: minutes === null ? null : String(minutes),
    ...partsOf(participants, resource, message),
    bookedAt: take<string>(resource, 'created'),
    orderNumber: numberOfReference(based, 'PLAC', resource, message),
    instructions: take<string>(resource, 'patientInstruction'),
    notes: [...notes.filter((one) => one !== null), ...answersOf(participants)],
  }
}

/** An appointment. */
export default {
  handles: ['Appointment'],
  toEvents(resource, message) {
    const participants = participantsOf(resource, message)
    const patientKey = whose(participants, resource, message)
    return [
      happened(patientKey, resource, appointmentOf(participants, resource, patientKey, message)),
    ]
  },
} satisfies ResourceMapping
