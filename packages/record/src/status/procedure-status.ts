import { showing, statusReader, type StatusTable } from './status-table.ts'

/** FHIR R4 Procedure.status. PR1 has none. */
export const procedureStatuses = {
  preparation: { EVENT_STATUS: 'preparation' },
  'in-progress': { EVENT_STATUS: 'in-progress' },
  'on-hold': { EVENT_STATUS: 'on-hold' },
  'not-done': { EVENT_STATUS: 'not-done' },
  stopped: { EVENT_STATUS: 'stopped' },
  completed: { EVENT_STATUS: 'completed' },
  'entered-in-error': { EVENT_STATUS: 'entered-in-error' },
  unknown: { EVENT_STATUS: 'unknown' },
} as const satisfies StatusTable<string>

export const readProcedureStatus = statusReader(procedureStatuses)
export const shownProcedureStatus = showing(procedureStatuses)
