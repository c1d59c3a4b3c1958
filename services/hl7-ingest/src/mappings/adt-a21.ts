import type { Mapping } from '../mapping.ts'
import { readEncounterEvent } from '../segments/encounter.ts'

/** The patient goes on leave of absence; the bed stays theirs. */
export default {
  handles: ['ADT^A21'],
  toEvents: (message, context) => readEncounterEvent('LeaveStarted', message, context),
} satisfies Mapping
