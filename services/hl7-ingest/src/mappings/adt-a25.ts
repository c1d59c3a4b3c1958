import type { Mapping } from '../normalise/mapping.ts'
import { readEncounterEvent } from '../composites/visit/encounter.ts'

/** Cancel pending discharge. */
export default {
  handles: ['ADT^A25'],
  toEvents: (message, context) => readEncounterEvent('DischargePendingCancelled', message, context),
} satisfies Mapping
