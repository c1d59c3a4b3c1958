import type { Mapping } from '../normalise/mapping.ts'
import { readEncounterEvent } from '../composites/visit/encounter.ts'

/** Patient arriving (tracking): now at PV1-3, or temporarily at PV1-11. */
export default {
  handles: ['ADT^A10'],
  toEvents: (message, context) => readEncounterEvent('PatientArrived', message, context),
} satisfies Mapping
