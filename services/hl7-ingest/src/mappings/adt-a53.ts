import type { Mapping } from '../normalise/mapping.ts'
import { readEncounterEvent } from '../composites/visit/encounter.ts'

/** Cancel return from leave of absence: the patient is still away. */
export default {
  handles: ['ADT^A53'],
  toEvents: (message, context) => readEncounterEvent('LeaveEndCancelled', message, context),
} satisfies Mapping
