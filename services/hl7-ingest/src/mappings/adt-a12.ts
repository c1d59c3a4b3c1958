import type { Mapping } from '../normalise/mapping.ts'
import { readEncounterEvent } from '../composites/visit/encounter.ts'

/** Cancel transfer: the last transfer did not happen; PV1-3 is the current location. */
export default {
  handles: ['ADT^A12'],
  toEvents: (message, context) => readEncounterEvent('TransferCancelled', message, context),
} satisfies Mapping
