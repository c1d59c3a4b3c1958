import type { Mapping } from '../normalise/mapping.ts'
import { readEncounterEvent } from '../composites/visit/encounter.ts'

/** Pending transfer: a transfer is planned for EVN-3, to PV1-42. */
export default {
  handles: ['ADT^A15'],
  toEvents: (message, context) => readEncounterEvent('TransferPending', message, context),
} satisfies Mapping
