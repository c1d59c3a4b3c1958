import type { Mapping } from '../mapping.ts'
import { readEncounterEvent } from '../segments/encounter.ts'

/** Cancel pending admit. */
export default {
  handles: ['ADT^A27'],
  toEvents: (message, context) => readEncounterEvent('AdmissionPendingCancelled', message, context),
} satisfies Mapping
