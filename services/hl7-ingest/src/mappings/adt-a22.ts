import type { Mapping } from '../normalise/mapping.ts'
import { readEncounterEvent } from '../composites/visit/encounter.ts'

/** The patient is back from leave of absence. */
export default {
  handles: ['ADT^A22'],
  toEvents: (message, context) => readEncounterEvent('LeaveEnded', message, context),
} satisfies Mapping
