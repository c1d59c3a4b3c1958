import type { Mapping } from '../normalise/mapping.ts'
import { readEncounterEvent } from '../composites/visit/encounter.ts'

/** Cancel leave of absence: the patient did not leave. */
export default {
  handles: ['ADT^A52'],
  toEvents: (message, context) => readEncounterEvent('LeaveStartCancelled', message, context),
} satisfies Mapping
