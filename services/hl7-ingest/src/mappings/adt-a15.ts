import type { Mapping } from '../normalise/mapping.ts'
import { readEncounterEvent } from '../composites/visit/encounter.ts'

/** Pending transfer: a move is planned, at EVN-3; PV1-42 is where to. */
export default {
  handles: ['ADT^A15'],
  toEvents: (message, context) => readEncounterEvent('TransferPending', message, context),
} satisfies Mapping
