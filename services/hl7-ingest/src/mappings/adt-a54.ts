import type { Mapping } from '../normalise/mapping.ts'
import { readEncounterEvent } from '../composites/visit/encounter.ts'

/** Another doctor is in charge (PV1-7) from now on. */
export default {
  handles: ['ADT^A54'],
  toEvents: (message, context) => readEncounterEvent('DoctorChanged', message, context),
} satisfies Mapping
