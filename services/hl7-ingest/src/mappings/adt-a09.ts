import type { Mapping } from '../normalise/mapping.ts'
import { readEncounterEvent } from '../composites/visit/encounter.ts'

/**
 * Patient departing, by tracking: they left PV1-6 or PV1-3 for elsewhere; the bed may still be
 * theirs.
 */
export default {
  handles: ['ADT^A09'],
  toEvents: (message, context) => readEncounterEvent('PatientDeparted', message, context),
} satisfies Mapping
