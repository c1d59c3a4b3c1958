import type { Mapping } from '../mapping.ts'
import { readEncounterEvent } from '../segments/encounter.ts'

/** Cancel pending transfer. */
export default {
  handles: ['ADT^A26'],
  toEvents: (message, context) => readEncounterEvent('TransferPendingCancelled', message, context),
} satisfies Mapping
