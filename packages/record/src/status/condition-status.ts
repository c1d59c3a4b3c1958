import { showing, statusReader, type StatusTable } from './status-table.ts'

/** FHIR R4 Condition.clinicalStatus. PRB-14 has no table: some senders use these words in it. */
export const conditionStatuses = {
  active: { CONDITION_CLINICAL: 'active' },
  recurrence: { CONDITION_CLINICAL: 'recurrence' },
  relapse: { CONDITION_CLINICAL: 'relapse' },
  inactive: { CONDITION_CLINICAL: 'inactive' },
  remission: { CONDITION_CLINICAL: 'remission' },
  resolved: { CONDITION_CLINICAL: 'resolved' },
} as const satisfies StatusTable<string>

/** FHIR R4 Condition.verificationStatus. PRB-13 has no table. */
export const conditionVerifications = {
  unconfirmed: { CONDITION_VER_STATUS: 'unconfirmed' },
  provisional: { CONDITION_VER_STATUS: 'provisional' },
  differential: { CONDITION_VER_STATUS: 'differential' },
  confirmed: { CONDITION_VER_STATUS: 'confirmed' },
  refuted: { CONDITION_VER_STATUS: 'refuted' },
  'entered-in-error': { CONDITION_VER_STATUS: 'entered-in-error' },
} as const satisfies StatusTable<string>

export const readConditionStatus = statusReader(conditionStatuses, { ignoreCase: true })
export const readConditionVerification = statusReader(conditionVerifications, { ignoreCase: true })
export const shownConditionStatus = showing(conditionStatuses)
