import type { Mapping } from '../normalise/mapping.ts'
import { readEncounterEvent } from '../composites/visit/encounter.ts'

/** Cancel admit (A11) and delete visit (A23): the visit did not take place. Nothing is erased. */
export default {
  handles: ['ADT^A11', 'ADT^A23'],
  toEvents: (message, context) => readEncounterEvent('AdmissionCancelled', message, context),
} satisfies Mapping
