import type { Mapping } from '../normalise/mapping.ts'
import { readEncounterEvent } from '../composites/visit/encounter.ts'

/** Cancel change of doctor: who was in charge before still is; PV1-7 names them. */
export default {
  handles: ['ADT^A55'],
  toEvents: (message, context) => readEncounterEvent('DoctorChangeCancelled', message, context),
} satisfies Mapping
