import type { Mapping } from '../normalise/mapping.ts'
import { readEncounterEvent } from '../composites/visit/encounter.ts'

/** Admission (A01) and registration (A04): demographics and the admission. */
export default {
  handles: ['ADT^A01', 'ADT^A04'],
  toEvents: (message, context) =>
    readEncounterEvent('PatientAdmitted', message, context, 'admittedAt'),
} satisfies Mapping
