import type { StatementStatus } from '@tideway/schemas/documents/statement'

/**
 * ORC-5, HL7 v2.9 table 0038; and FHIR R4 request and MedicationStatement statuses. An order's
 * status however it was sent.
 */
export const orderStatuses = {
  A: 'in-progress', // some, but not all, results available
  CA: 'cancelled',
  CM: 'completed',
  DC: 'stopped',
  ER: 'unknown', // order not found
  HD: 'on-hold',
  IP: 'in-progress',
  RP: 'replaced',
  SC: 'scheduled',
  draft: 'draft',
  active: 'active',
  'on-hold': 'on-hold',
  revoked: 'cancelled',
  cancelled: 'cancelled',
  stopped: 'stopped',
  completed: 'completed',
  'entered-in-error': 'entered-in-error',
  unknown: 'unknown',
} as const satisfies Record<string, StatementStatus<'request'>>

/** FHIR R4 MedicationStatement.status, what only it has. */
export const takingStatuses = {
  intended: 'intended',
  'not-taken': 'not-taken',
} as const satisfies Record<string, StatementStatus<'prescription'>>

/** FHIR R4 MedicationDispense.status, what only it has. */
export const dispenseStatuses = {
  preparation: 'draft',
  'in-progress': 'in-progress',
  declined: 'rejected',
} as const satisfies Record<string, StatementStatus<'dispense'>>

/**
 * RF1-1, HL7 v2.8 table 0283. Pending (P) and expired (E) say neither that it stands nor that it
 * ended: no status is made of them.
 */
export const referralStatuses = { A: 'active', R: 'rejected' } as const satisfies Record<
  string,
  StatementStatus<'request'>
>
