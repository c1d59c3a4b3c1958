import type { Mapping } from '../normalise/mapping.ts'
import { readEncounterEvent } from '../composites/visit/encounter.ts'

/** Admission (A01) and registration (A04): who the patient is, and that they arrived. */
export default {
  handles: ['ADT^A01', 'ADT^A04'],
  toEvents: (message, context) =>
    readEncounterEvent('PatientAdmitted', message, context, 'admittedAt'),
} satisfies Mapping
