import type { Mapping } from '../normalise/mapping.ts'
import { readEncounterEvent } from '../composites/visit/encounter.ts'

/** Transfer: the patient moves to another location. */
export default {
  handles: ['ADT^A02'],
  toEvents: (message, context) => readEncounterEvent('PatientTransferred', message, context),
} satisfies Mapping
