import type { Mapping } from '../normalise/mapping.ts'
import { readEncounterEvent } from '../composites/visit/encounter.ts'

/** Discharge or end of visit. */
export default {
  handles: ['ADT^A03'],
  toEvents: (message, context) =>
    readEncounterEvent('PatientDischarged', message, context, 'dischargedAt'),
} satisfies Mapping
