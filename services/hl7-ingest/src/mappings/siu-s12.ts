import { markUnusable, raw, text } from '@tideway/hl7v2/lexer/fields'
import type { AppointmentReported } from '@tideway/schemas/events.generated'
import { readOrLeaveOut } from '../normalise/leave-out.ts'
import { type Context, type Hl7DraftEvent, draftEvent, type Mapping } from '../normalise/mapping.ts'
import { type Hl7Message, segmentOf, type Segment } from '@tideway/hl7v2/lexer/message'
import { appointmentGroups } from '../groups/appointment-groups.ts'
import { hasUnidentified } from '../groups/identified-patients.ts'
import { readAppointmentParts } from '../composites/appointments/appointment-parts.ts'
import { readPatient } from '../composites/patient/patient.ts'
import { readAppointment } from '../composites/appointments/appointment.ts'
import { scheduleSegments } from '../groups/schedule-groups.ts'
import { readVisitContext, type VisitContext } from '../composites/visit/visit-reference.ts'
import { triggerOf } from '../segments/trigger.ts'
import { appointmentTriggers } from '../tables/appointment-triggers.ts'
import { patientClasses, translate } from '../tables/translate.ts'

/**
 * Appointments (S12 to S24, S26): demographics, and one appointment with its services and
 * resources. With several patients (a group, a class) each record has the appointment, and nothing
 * about the others. A slot blocked or opened (S23, S24) may have no patient.
 */
export default {
  handles: appointmentTriggers
    .keys()
    .map((trigger) => `SIU^${trigger}`)
    .toArray(),
  patients: 'each',

  toEvents(message, context) {
    const trigger = appointmentTriggers.get(triggerOf(message) ?? '') ?? null
    if (trigger?.startsWith('SLOT_') && segmentOf(message, 'PID') === null) return []
    const groups = appointmentGroups(message, context)
    const isOneOfSeveral = groups.length > 1 || hasUnidentified(message)
    return groups.flatMap((group) => eventsOf(group, isOneOfSeveral, trigger, context))
  },
} satisfies Mapping

const eventsOf = (
  message: Hl7Message,
  isOneOfSeveral: boolean,
  trigger: AppointmentReported['trigger'],
  context: Context,
): Hl7DraftEvent[] => {
  const patient = readPatient(message, context)
  const visit = readVisitContext(message, patient.key, context, true)
  return [
    draftEvent(patient.key, patient.pid, patient.details),
    ...visit.drafts,
    ...readOrLeaveOut(
      () => message.segments.filter(({ name }) => ofAppointment.has(name)),
      () => [appointmentEvent(message, patient.key, visit, isOneOfSeveral, trigger, context)],
    ),
  ]
}

const ofAppointment = new Set(['SCH', 'TQ1', 'NTE', 'RGS', 'AIS', 'AIG', 'AIL', 'AIP'])

const appointmentEvent = (
  message: Hl7Message,
  patientKey: string,
  visit: VisitContext,
  isOneOfSeveral: boolean,
  trigger: AppointmentReported['trigger'],
  context: Context,
): Hl7DraftEvent => {
  const segments = scheduleSegments(message)
  const read = readAppointment(
    segments,
    readAppointmentParts(segments.parts, context),
    patientKey,
    context,
  )
  const pv1 = segmentOf(message, 'PV1')
  const appointment: AppointmentReported = {
    ...read,
    ...(isOneOfSeveral ? unassignedOrder(segments.sch) : {}),
    trigger,
    encounterId: visit.encounterId,
    specialty: pv1 === null ? null : text(pv1, 10),
    locations: placesOf(read, visit, pv1, context),
  }
  return draftEvent(patientKey, segments.sch, appointment)
}

/**
 * The order of an appointment with several patients belongs to one of them, and it is unknown
 * which: SCH-26 and SCH-27 are listed as unused.
 */
const unassignedOrder = (
  sch: Segment,
): Pick<AppointmentReported, 'orderNumber' | 'fillerOrderNumber'> => {
  for (const field of [26, 27]) if (raw(sch, field) !== '') markUnusable(sch, field)
  return { orderNumber: null, fillerOrderNumber: null }
}

/**
 * Location: AIL, else the clinic of PV1-3. For an inpatient PV1-3 is the ward, not the place of the
 * appointment, and is listed as unused.
 */
const placesOf = (
  { locations }: AppointmentReported,
  { location }: VisitContext,
  pv1: Segment | null,
  { source }: Context,
): AppointmentReported['locations'] => {
  const isClinic =
    pv1 !== null &&
    locations.length === 0 &&
    translate(source, 'PV1-2', text(pv1, 2), patientClasses) !== 'INPATIENT'
  const clinic = isClinic ? location() : null
  return clinic === null ? locations : [clinic]
}
