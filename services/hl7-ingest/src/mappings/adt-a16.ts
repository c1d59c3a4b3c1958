import type { Mapping } from '../normalise/mapping.ts'
import { readEncounterEvent } from '../composites/visit/encounter.ts'

/** Pending discharge: a discharge is expected at EVN-3. */
export default {
  handles: ['ADT^A16'],
  toEvents: (message, context) => readEncounterEvent('DischargePending', message, context),
} satisfies Mapping
