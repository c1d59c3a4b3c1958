import type { Mapping } from '../normalise/mapping.ts'
import { readEncounterEvent } from '../composites/visit/encounter.ts'

/** Cancel pending admit. */
export default {
  handles: ['ADT^A27'],
  toEvents: (message, context) => readEncounterEvent('AdmissionPendingCancelled', message, context),
} satisfies Mapping
