import { draftEvent, type Mapping } from '../normalise/mapping.ts'
import { readAllergyChanges } from '../composites/statements/allergy-changes.ts'
import { readVisitUpdate } from '../composites/visit/encounter.ts'
import { readPatient } from '../composites/patient/patient.ts'

/** Allergies: each IAM adds, changes or deletes one (IAM-6). */
export default {
  handles: ['ADT^A60'],

  toEvents(message, context) {
    const patient = readPatient(message, context)
    return [
      draftEvent(patient.key, patient.pid, patient.details),
      ...readVisitUpdate(message, patient.key, context),
      ...readAllergyChanges(message, patient.key, context),
    ]
  },
} satisfies Mapping
