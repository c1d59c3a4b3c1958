import type { Mapping } from '../normalise/mapping.ts'
import { readEncounterEvent } from '../composites/visit/encounter.ts'

/** Pending admit: an admission is planned, at EVN-3; PV1-42 is where to. */
export default {
  handles: ['ADT^A14'],
  toEvents: (message, context) => readEncounterEvent('AdmissionPending', message, context),
} satisfies Mapping
