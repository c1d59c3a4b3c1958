import type { Mapping } from '../mapping.ts'
import { readEncounterEvent } from '../segments/encounter.ts'

/** Transfer: the patient is in another place from now on. */
export default {
  handles: ['ADT^A02'],
  toEvents: (message, context) => readEncounterEvent('PatientTransferred', message, context),
} satisfies Mapping
