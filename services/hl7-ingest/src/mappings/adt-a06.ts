import type { Mapping } from '../normalise/mapping.ts'
import { readEncounterEvent } from '../composites/visit/encounter.ts'

/** Outpatient to inpatient (A06) and back (A07): the class changes within the same visit. */
export default {
  handles: ['ADT^A06', 'ADT^A07'],
  toEvents: (message, context) => readEncounterEvent('PatientClassChanged', message, context),
} satisfies Mapping
