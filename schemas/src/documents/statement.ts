import type { EventBody } from '../events.generated.ts'

/**
 * Kinds of entries of which each message makes a whole statement: the event that reports each, and
 * its business key.
 */
export const statements = {
  allergy: { event: 'AllergyReported', key: 'allergyId' },
  condition: { event: 'ConditionReported', key: 'conditionId' },
  procedure: { event: 'ProcedureReported', key: 'procedureId' },
  contact: { event: 'ContactReported', key: 'contactId' },
  'care-team-member': { event: 'CareTeamMemberReported', key: 'memberId' },
  alert: { event: 'AlertReported', key: 'alertId' },
  request: { event: 'RequestReported', key: 'requestId' },
  prescription: { event: 'MedicationPrescribed', key: 'prescriptionId' },
  dispense: { event: 'MedicationDispensed', key: 'dispenseId' },
  administration: { event: 'MedicationGiven', key: 'administrationId' },
  immunization: { event: 'ImmunizationReported', key: 'immunizationId' },
  appointment: { event: 'AppointmentReported', key: 'appointmentId' },
  resource: { event: 'ResourceReported', key: 'resourceKey' },
} as const satisfies Record<string, { event: EventBody['type']; key: string }>

export type StatementKind = keyof typeof statements
export const statementKinds = Object.keys(statements) as StatementKind[]

/** The event that reports an entry of a kind. */
export type StatementEvent<K extends StatementKind = StatementKind> = Extract<
  EventBody,
  { type: (typeof statements)[K]['event'] }
>

/**
 * What a status of each kind can be. `reported`: its sender gives no status; `unknown`: it gives
 * one that is in no table, kept as sent beside it.
 */
export const statementStatuses = {
  allergy: ['active', 'inactive', 'resolved', 'refuted', 'deleted', 'entered-in-error', 'unknown'],
  condition: [
    'reported',
    'active',
    'recurrence',
    'relapse',
    'inactive',
    'remission',
    'resolved',
    'refuted',
    'deleted',
    'entered-in-error',
    'unknown',
  ],
  procedure: [
    'reported',
    'preparation',
    'in-progress',
    'on-hold',
    'not-done',
    'stopped',
    'completed',
    'deleted',
    'entered-in-error',
    'unknown',
  ],
  contact: ['reported', 'inactive', 'unknown'],
  'care-team-member': [
    'reported',
    'proposed',
    'active',
    'suspended',
    'inactive',
    'deleted',
    'entered-in-error',
    'unknown',
  ],
  alert: ['reported', 'active', 'inactive', 'deleted', 'entered-in-error', 'unknown'],
  request: [
    'draft',
    'active',
    'scheduled',
    'in-progress',
    'on-hold',
    'completed',
    'cancelled',
    'stopped',
    'replaced',
    'rejected',
    'entered-in-error',
    'unknown',
  ],
  prescription: [
    'draft',
    'active',
    'scheduled',
    'in-progress',
    'on-hold',
    'completed',
    'cancelled',
    'stopped',
    'replaced',
    'rejected',
    'intended',
    'not-taken',
    'entered-in-error',
    'unknown',
  ],
  dispense: [
    'reported',
    'draft',
    'active',
    'scheduled',
    'in-progress',
    'on-hold',
    'completed',
    'cancelled',
    'stopped',
    'replaced',
    'rejected',
    'reserved',
    'presumed-given',
    'returned',
    'released',
    'wasted',
    'entered-in-error',
    'unknown',
  ],
  administration: [
    'reported',
    'in-progress',
    'on-hold',
    'completed',
    'partial',
    'refused',
    'not-given',
    'stopped',
    'deleted',
    'entered-in-error',
    'unknown',
  ],
  immunization: [
    'reported',
    'in-progress',
    'on-hold',
    'completed',
    'partial',
    'refused',
    'not-given',
    'stopped',
    'deleted',
    'entered-in-error',
    'unknown',
  ],
  appointment: [
    'proposed',
    'pending',
    'waitlist',
    'booked',
    'arrived',
    'started',
    'fulfilled',
    'cancelled',
    'discontinued',
    'deleted',
    'no-show',
    'blocked',
    'entered-in-error',
    'unknown',
  ],
  resource: [
    'reported',
    'draft',
    'active',
    'on-hold',
    'inactive',
    'completed',
    'cancelled',
    'entered-in-error',
    'unknown',
  ],
} as const satisfies Record<StatementKind, readonly string[]>

export type StatementStatus<K extends StatementKind = StatementKind> =
  (typeof statementStatuses)[K][number]
