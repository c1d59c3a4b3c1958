import type { Mapping } from '../normalise/mapping.ts'
import { readEncounterEvent } from '../composites/visit/encounter.ts'

/** Cancel patient departing (tracking): the last departure did not happen. */
export default {
  handles: ['ADT^A33'],
  toEvents: (message, context) => readEncounterEvent('DepartureCancelled', message, context),
} satisfies Mapping
