import type { Mapping } from '../normalise/mapping.ts'
import { readEncounterEvent } from '../composites/visit/encounter.ts'

/** Cancel pending transfer. */
export default {
  handles: ['ADT^A26'],
  toEvents: (message, context) => readEncounterEvent('TransferPendingCancelled', message, context),
} satisfies Mapping
