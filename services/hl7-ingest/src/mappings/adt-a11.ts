import type { Mapping } from '../mapping.ts'
import { readEncounterEvent } from '../segments/encounter.ts'

/** Cancel admit: the admission did not happen. Nothing is erased. */
export default {
  handles: ['ADT^A11'],
  toEvents: (message, context) => readEncounterEvent('AdmissionCancelled', message, context),
} satisfies Mapping
