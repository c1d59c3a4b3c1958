import type { Mapping } from '../normalise/mapping.ts'
import { readEncounterEvent } from '../composites/visit/encounter.ts'

/** The patient goes on leave of absence and keeps the bed. */
export default {
  handles: ['ADT^A21'],
  toEvents: (message, context) => readEncounterEvent('LeaveStarted', message, context),
} satisfies Mapping
