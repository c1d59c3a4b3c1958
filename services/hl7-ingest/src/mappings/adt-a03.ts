import type { Mapping } from '../mapping.ts'
import { readEncounterEvent } from '../segments/encounter.ts'

/** Discharge or end of visit. */
export default {
  handles: ['ADT^A03'],
  toEvents: (message, context) => readEncounterEvent('PatientDischarged', message, context, 'dischargedAt'),
} satisfies Mapping
