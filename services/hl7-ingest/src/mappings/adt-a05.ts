import type { Mapping } from '../normalise/mapping.ts'
import { readEncounterEvent } from '../composites/visit/encounter.ts'

/** Pre-admission: a visit is planned. */
export default {
  handles: ['ADT^A05'],
  toEvents: (message, context) => readEncounterEvent('PatientPreAdmitted', message, context),
} satisfies Mapping
