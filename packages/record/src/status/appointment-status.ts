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

const readStatus = statusReader(appointmentStatuses, { ignoreCase: true })

/** What senders write for words of table 0278; letters only. */
const spellings: Readonly<Record<string, string>> = {
  canceled: 'Cancelled',
  cancel: 'Cancelled',
  cx: 'Cancelled',
  completed: 'Complete',
  dna: 'Noshow',
  didnotattend: 'Noshow',
  failedtoattend: 'Noshow',
  scheduled: 'Booked',
  confirmed: 'Booked',
  rescheduled: 'Booked',
  inprogress: 'Started',
  attended: 'Complete',
}

/**
 * Without regard to case, spaces and hyphens (`No show`), as senders write all; `statusAsSent` is
 * what was sent.
 */
export const readAppointmentStatus: typeof readStatus = (code, system) => {
  const read = readStatus(code, system)
  if (code === null || read.status !== 'unknown' || system !== 'HL70278') return read
  const letters = code.toLowerCase().replaceAll(/[^a-z]/g, '')
  const meant = readStatus(spellings[letters] ?? letters, system)
  return meant.status === 'unknown' ? read : { ...meant, statusAsSent: code }
}

/** Status of an appointment in the record. */
export const shownAppointmentStatus = showing(appointmentStatuses, {
  overbooked: 'booked',
  'checked-in': 'arrived',
})
