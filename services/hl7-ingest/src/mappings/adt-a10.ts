import type { Mapping } from '../normalise/mapping.ts'
import { readEncounterEvent } from '../composites/visit/encounter.ts'

/** Patient arriving, by tracking: they are now where PV1-3, or PV1-11 for a while, says. */
export default {
  handles: ['ADT^A10'],
  toEvents: (message, context) => readEncounterEvent('PatientArrived', message, context),
} satisfies Mapping
