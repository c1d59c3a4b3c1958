import type { EventBody, Visit } from '@tideway/schemas/events.generated'
import { statusReader, type StatusTable } from './status-table.ts'

/** FHIR R4 Encounter.status. HL7 v2 has none: the trigger event says what happened. */
export const encounterStatuses = {
  planned: { ENCOUNTER_STATUS: 'planned' },
  arrived: { ENCOUNTER_STATUS: 'arrived' },
  triaged: { ENCOUNTER_STATUS: 'triaged' },
  'in-progress': { ENCOUNTER_STATUS: 'in-progress' },
  'on-leave': { ENCOUNTER_STATUS: 'onleave' },
  finished: { ENCOUNTER_STATUS: 'finished' },
  cancelled: { ENCOUNTER_STATUS: 'cancelled' },
  'entered-in-error': { ENCOUNTER_STATUS: 'entered-in-error' },
  unknown: { ENCOUNTER_STATUS: 'unknown' },
} as const satisfies StatusTable<string>

export const readEncounterStatus = statusReader(encounterStatuses)

type VisitEvent = Extract<EventBody, { visit: Visit }>['type']

/** What each status says happened. */
export const visitEvents: Readonly<Record<keyof typeof encounterStatuses, readonly VisitEvent[]>> =
  {
    planned: ['PatientPreAdmitted'],
    arrived: ['PatientAdmitted'],
    triaged: ['PatientAdmitted'],
    'in-progress': ['PatientAdmitted'],
    'on-leave': ['PatientAdmitted'],
    finished: ['PatientAdmitted', 'PatientDischarged'],
    cancelled: ['AdmissionCancelled'],
    'entered-in-error': ['AdmissionCancelled'],
    unknown: ['VisitUpdated'],
  }
