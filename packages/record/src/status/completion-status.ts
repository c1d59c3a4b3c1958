import { showing, statusReader, type StatusTable } from './status-table.ts'

/**
 * A dose or vaccination: RXA-20, HL7 v2.9 table 0322, completion status; and FHIR R4
 * MedicationAdministration.status and Immunization.status.
 */
export const completionStatuses = {
  'in-progress': { MEDICATION_ADMIN_STATUS: 'in-progress' },
  'on-hold': { MEDICATION_ADMIN_STATUS: 'on-hold' },
  completed: {
    HL70322: 'CP',
    MEDICATION_ADMIN_STATUS: 'completed',
    IMMUNIZATION_STATUS: 'completed',
  },
  partial: { HL70322: 'PA' },
  refused: { HL70322: 'RE' },
  'not-given': {
    HL70322: 'NA',
    MEDICATION_ADMIN_STATUS: 'not-done',
    IMMUNIZATION_STATUS: 'not-done',
  },
  stopped: { MEDICATION_ADMIN_STATUS: 'stopped' },
  'entered-in-error': {
    MEDICATION_ADMIN_STATUS: 'entered-in-error',
    IMMUNIZATION_STATUS: 'entered-in-error',
  },
  unknown: { MEDICATION_ADMIN_STATUS: 'unknown' },
} as const satisfies StatusTable<string>

export const readCompletionStatus = statusReader(completionStatuses)
export const shownCompletionStatus = showing(completionStatuses)
