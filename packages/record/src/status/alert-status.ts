import { showing, statusReader, type StatusTable } from './status-table.ts'

/** FHIR R4 Flag.status. */
export const alertStatuses = {
  active: { FLAG_STATUS: 'active' },
  inactive: { FLAG_STATUS: 'inactive' },
  'entered-in-error': { FLAG_STATUS: 'entered-in-error' },
} as const satisfies StatusTable<string>

export const readAlertStatus = statusReader(alertStatuses)
export const shownAlertStatus = showing(alertStatuses)
