import type { Mapping } from '../normalise/mapping.ts'
import { readEncounterEvent } from '../composites/visit/encounter.ts'

/** Pending admit: an admission is planned for EVN-3, to PV1-42. */
export default {
  handles: ['ADT^A14'],
  toEvents: (message, context) => readEncounterEvent('AdmissionPending', message, context),
} satisfies Mapping
