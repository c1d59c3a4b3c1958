import type { Mapping } from '../mapping.ts'
import { readEncounterEvent } from '../segments/encounter.ts'

/** Cancel pending discharge. */
export default {
  handles: ['ADT^A25'],
  toEvents: (message, context) => readEncounterEvent('DischargePendingCancelled', message, context),
} satisfies Mapping
