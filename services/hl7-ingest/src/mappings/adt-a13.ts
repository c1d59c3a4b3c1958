import type { Mapping } from '../normalise/mapping.ts'
import { readEncounterEvent } from '../composites/visit/encounter.ts'

/** Cancel discharge: the visit goes on; PV1-3 is where the patient is. */
export default {
  handles: ['ADT^A13'],
  toEvents: (message, context) => readEncounterEvent('DischargeCancelled', message, context),
} satisfies Mapping
