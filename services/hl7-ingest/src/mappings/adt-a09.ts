import type { Mapping } from '../normalise/mapping.ts'
import { readEncounterEvent } from '../composites/visit/encounter.ts'

/** Patient departing (tracking): the patient left PV1-6 or PV1-3, but may keep the bed. */
export default {
  handles: ['ADT^A09'],
  toEvents: (message, context) => readEncounterEvent('PatientDeparted', message, context),
} satisfies Mapping
