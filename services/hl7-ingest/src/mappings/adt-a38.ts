import type { Mapping } from '../normalise/mapping.ts'
import { readEncounterEvent } from '../composites/visit/encounter.ts'

/** Cancel pre-admit: the planned visit does not take place. */
export default {
  handles: ['ADT^A38'],
  toEvents: (message, context) => readEncounterEvent('PreAdmissionCancelled', message, context),
} satisfies Mapping
