import { happened, type Mapping } from '../mapping.ts'
import { readVisitUpdate } from '../segments/encounter.ts'
import { readPatient } from '../segments/pid.ts'

/** Update (A08), person added (A28) and person updated (A31): who the patient is, and the visit's details if it has one. Never its status. */
export default {
  handles: ['ADT^A08', 'ADT^A28', 'ADT^A31'],

  toEvents(message, context) {
    const patient = readPatient(message, context)
    return [happened(patient.key, patient.pid, patient.details), ...readVisitUpdate(message, patient.key, context)]
  },
} satisfies Mapping
