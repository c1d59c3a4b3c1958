import type { Mapping } from '../normalise/mapping.ts'
import { readEncounterEvent } from '../composites/visit/encounter.ts'

/** Cancel discharge: the visit continues; PV1-3 is the current location. */
export default {
  handles: ['ADT^A13'],
  toEvents: (message, context) => readEncounterEvent('DischargeCancelled', message, context),
} satisfies Mapping
