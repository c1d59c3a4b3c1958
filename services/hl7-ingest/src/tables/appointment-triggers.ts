/**
 * SIU triggers as codes of AppointmentReported, HL7 v2.5.1 chapter 10.4. S18 to S22 are about one
 * service or resource of an appointment.
 */
export const appointmentTriggers: ReadonlyMap<string, string> = new Map([
  ['S12', 'BOOKED'],
  ['S13', 'RESCHEDULED'],
  ['S14', 'MODIFIED'],
  ['S15', 'CANCELLED'],
  ['S16', 'DISCONTINUED'],
  ['S17', 'DELETED'],
  ['S18', 'SERVICE_ADDED'],
  ['S19', 'SERVICE_MODIFIED'],
  ['S20', 'SERVICE_CANCELLED'],
  ['S21', 'SERVICE_DISCONTINUED'],
  ['S22', 'SERVICE_DELETED'],
  ['S23', 'SLOT_BLOCKED'],
  ['S24', 'SLOT_OPENED'],
  ['S26', 'NO_SHOW'],
])
