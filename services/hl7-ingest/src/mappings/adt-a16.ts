import type { Mapping } from '../normalise/mapping.ts'
import { readEncounterEvent } from '../composites/visit/encounter.ts'

/** Pending discharge: the patient is expected to leave, at EVN-3. */
export default {
  handles: ['ADT^A16'],
  toEvents: (message, context) => readEncounterEvent('DischargePending', message, context),
} satisfies Mapping
