import type { Stated } from '@tideway/schemas/documents/entry'
import type { StatementStatus } from '@tideway/schemas/documents/statement'
import { shownAppointmentStatus } from '../../status/appointment-status.ts'
import { type Rule, rowOf, says } from '../../status/rule.ts'

type Status = StatementStatus<'appointment'>

/**
 * SIU triggers in words, HL7 v2.9 chapter 10.3. Changes to a single service of an appointment leave
 * its status.
 */
export const triggers = {
  BOOKED: says('booked'), // S12
  RESCHEDULED: says('booked'), // S13
  MODIFIED: says('as-before'), // S14
  CANCELLED: says('cancelled', 'over'), // S15
  DISCONTINUED: says('discontinued', 'over'), // S16
  DELETED: says('deleted', 'over'), // S17
  SERVICE_ADDED: says('as-before', 'over'), // S18
  SERVICE_MODIFIED: says('as-before', 'over'), // S19
  SERVICE_CANCELLED: says('as-before', 'over'), // S20
  SERVICE_DISCONTINUED: says('as-before', 'over'), // S21
  SERVICE_DELETED: says('as-before', 'over'), // S22
  SLOT_BLOCKED: says('blocked'), // S23
  SLOT_OPENED: says('as-before', 'before'), // S24
  NO_SHOW: says('no-show', 'over'), // S26
} as const satisfies Record<string, Rule<Status>>

/**
 * The trigger decides where it ends the appointment; else SCH-25 says more than it. A word that is
 * in no table may say that it is over: the appointment is then not known to be booked.
 */
export const appointmentRule = ({ trigger, status }: Stated<'appointment'>): Rule<Status> => {
  const word = shownAppointmentStatus(status)
  if (trigger === null) return says<Status>(word ?? 'unknown')
  const row = rowOf<Rule<Status>>(triggers, trigger)
  if (row === null) return says<Status>('unknown')
  return row.shows === 'own' && word !== null ? { ...row, status: word } : row
}
