import type { Mapping } from '../normalise/mapping.ts'
import { readEncounterEvent } from '../composites/visit/encounter.ts'

/** Cancel change of attending doctor: PV1-7 is the previous one, who is still in charge. */
export default {
  handles: ['ADT^A55'],
  toEvents: (message, context) => readEncounterEvent('DoctorChangeCancelled', message, context),
} satisfies Mapping
