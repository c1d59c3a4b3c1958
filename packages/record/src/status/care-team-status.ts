import { showing, statusReader, type StatusTable } from './status-table.ts'

/** FHIR R4 CareTeam.status. ROL and PRT have none. */
export const careTeamStatuses = {
  proposed: { CARE_TEAM_STATUS: 'proposed' },
  active: { CARE_TEAM_STATUS: 'active' },
  suspended: { CARE_TEAM_STATUS: 'suspended' },
  inactive: { CARE_TEAM_STATUS: 'inactive' },
  'entered-in-error': { CARE_TEAM_STATUS: 'entered-in-error' },
} as const satisfies StatusTable<string>

export const readCareTeamStatus = statusReader(careTeamStatuses)
export const shownCareTeamStatus = showing(careTeamStatuses)
