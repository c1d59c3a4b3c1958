import type { Mapping } from '../normalise/mapping.ts'
import { readEncounterEvent } from '../composites/visit/encounter.ts'

/** Change of attending doctor (PV1-7). */
export default {
  handles: ['ADT^A54'],
  toEvents: (message, context) => readEncounterEvent('DoctorChanged', message, context),
} satisfies Mapping
