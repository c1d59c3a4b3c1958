import type { Mapping } from '../mapping.ts'
import { readEncounterEvent } from '../segments/encounter.ts'

/** Cancel change of doctor: who was in charge before still is; PV1-7 names them. */
export default {
  handles: ['ADT^A55'],
  toEvents: (message, context) => readEncounterEvent('DoctorChangeCancelled', message, context),
} satisfies Mapping
