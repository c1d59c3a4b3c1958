import { markUnusable, raw, text } from '@tideway/hl7v2/lexer/fields'
import type { AppointmentReported } from '@tideway/schemas/events.generated'
import { type Context, type Hl7DraftEvent, draftEvent, type Mapping } from '../normalise/mapping.ts'
import { type Hl7Message, segmentOf, type Segment } from '@tideway/hl7v2/lexer/message'
import { appointmentGroups } from '../groups/appointment-groups.ts'
import { readAppointmentParts } from '../composites/appointments/appointment-parts.ts'
import { readPatient } from '../composites/patient/patient.ts'
import { readAppointment } from '../composites/appointments/appointment.ts'
import { scheduleSegments } from '../groups/schedule-groups.ts'
import { readVisitContext, type VisitContext } from '../composites/visit/visit-reference.ts'
import { triggerOf } from '../segments/trigger.ts'
import { appointmentTriggers } from '../tables/appointment-triggers.ts'
import { patientClasses, translate } from '../tables/translate.ts'

/**
 * Appointments (S12 to S24, S26): who the patient is, and one appointment with what it needs. Of
 * several patients (a group, a class) each has the appointment in his own record, and nothing of
 * the others. A slot blocked or opened (S23, S24) may be about nobody.
 */
export default {
  handles: appointmentTriggers
    .keys()
    .map((trigger) => `SIU^${trigger}`)
    .toArray(),

  toEvents(message, context) {
    const trigger = appointmentTriggers.get(triggerOf(message) ?? '') ?? null
    if (trigger?.startsWith('SLOT_') && segmentOf(message, 'PID') === null) return []
    const groups = appointmentGroups(message, context)
    return groups.flatMap((group) => eventsOf(group, groups.length > 1, trigger, context))
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
  const segments = scheduleSegments(message)
  const read = readAppointment(
    segments,
    readAppointmentParts(segments.parts, context),
    patient.key,
    context,
  )
  const pv1 = segmentOf(message, 'PV1')
  const appointment: AppointmentReported = {
    ...read,
    ...(isOneOfSeveral ? orderOfNobody(segments.sch) : {}),
    trigger,
    encounterId: visit.encounterId,
    specialty: pv1 === null ? null : text(pv1, 10),
    locations: placesOf(read, visit, pv1, context),
  }
  return [
    draftEvent(patient.key, patient.pid, patient.details),
    ...visit.drafts,
    draftEvent(patient.key, segments.sch, appointment),
  ]
}

/**
 * Whose order an appointment of several patients answers cannot be told: SCH-26 and SCH-27 are
 * listed as unused.
 */
const orderOfNobody = (
  sch: Segment,
): Pick<AppointmentReported, 'orderNumber' | 'fillerOrderNumber'> => {
  for (const field of [26, 27]) if (raw(sch, field) !== '') markUnusable(sch, field)
  return { orderNumber: null, fillerOrderNumber: null }
}

/**
 * Where: AIL, else the clinic of PV1-3. Of an inpatient that is his ward, which is not where he is
 * to come, and is listed as unused.
 */
const placesOf = (
  { locations }: AppointmentReported,
  { location }: VisitContext,
  pv1: Segment | null,
  { source }: Context,
): AppointmentReported['locations'] => {
  if (pv1 === null || location === null) return locations
  if (
    locations.length === 0 &&
    translate(source, 'PV1-2', text(pv1, 2), patientClasses) !== 'INPATIENT'
  )
    return [location]
  markUnusable(pv1, 3)
  return locations
}
