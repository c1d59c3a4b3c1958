import { draftEvent, type Mapping } from '../normalise/mapping.ts'
import { readReason, readWhen } from '../segments/evn.ts'
import { readPatient } from '../composites/patient/patient.ts'

/**
 * Delete person: the sender removed the patient. Earlier data stays, marked as removed; registering
 * the patient again clears the mark.
 */
export default {
  handles: ['ADT^A29'],

  toEvents(message, context) {
    const patient = readPatient(message, context)
    const removed = draftEvent(patient.key, patient.pid, {
      type: 'PatientRemoved',
      reason: readReason(message),
      at: readWhen(message, null, context),
    })
    return [draftEvent(patient.key, patient.pid, patient.details), removed]
  },
} satisfies Mapping
