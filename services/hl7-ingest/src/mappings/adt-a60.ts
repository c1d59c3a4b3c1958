import { happened, type Mapping } from '../normalise/mapping.ts'
import { readAllergyChanges } from '../groups/allergy-changes.ts'
import { readVisitUpdate } from '../composites/encounter.ts'
import { readPatient } from '../segments/pid.ts'

/** Allergies: each IAM adds, changes or deletes one (IAM-6). */
export default {
  handles: ['ADT^A60'],

  toEvents(message, context) {
    const patient = readPatient(message, context)
    return [
      happened(patient.key, patient.pid, patient.details),
      ...readVisitUpdate(message, patient.key, context),
      ...readAllergyChanges(message, patient.key, context),
    ]
  },
} satisfies Mapping
