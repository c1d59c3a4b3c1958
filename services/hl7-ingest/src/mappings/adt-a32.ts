import type { Mapping } from '../normalise/mapping.ts'
import { readEncounterEvent } from '../composites/visit/encounter.ts'

/** Cancel patient arriving (tracking): the last arrival did not happen. */
export default {
  handles: ['ADT^A32'],
  toEvents: (message, context) => readEncounterEvent('ArrivalCancelled', message, context),
} satisfies Mapping
