import { showing, statusReader, type StatusTable } from './status-table.ts'

/** SCH-25, HL7 v2.9 table 0278, filler status codes; and FHIR R4 Appointment.status. */
export const appointmentStatuses = {
  proposed: { APPOINTMENTSTATUS: 'proposed' },
  pending: { HL70278: 'Pending', APPOINTMENTSTATUS: 'pending' },
  waitlist: { HL70278: 'Waitlist', APPOINTMENTSTATUS: 'waitlist' },
  booked: { HL70278: 'Booked', APPOINTMENTSTATUS: 'booked' },
  overbooked: { HL70278: 'Overbook' },
  arrived: { APPOINTMENTSTATUS: 'arrived' },
  'checked-in': { APPOINTMENTSTATUS: 'checked-in' },
  started: { HL70278: 'Started' },
  fulfilled: { HL70278: 'Complete', APPOINTMENTSTATUS: 'fulfilled' },
  cancelled: { HL70278: 'Cancelled', APPOINTMENTSTATUS: 'cancelled' },
  discontinued: { HL70278: ['Discontinued', 'DC'] },
  deleted: { HL70278: 'Deleted' },
  'no-show': { HL70278: 'Noshow', APPOINTMENTSTATUS: 'noshow' },
  blocked: { HL70278: 'Blocked' },
  'entered-in-error': { APPOINTMENTSTATUS: 'entered-in-error' },
} as const satisfies StatusTable<string>

/** Without regard to case, as senders write both. */
export const readAppointmentStatus = statusReader(appointmentStatuses, { ignoreCase: true })

/** Status of an appointment in the record. */
export const shownAppointmentStatus = showing(appointmentStatuses, {
  overbooked: 'booked',
  'checked-in': 'arrived',
})
