import { draftEvent, type Mapping } from '../normalise/mapping.ts'
import { requiredGroups } from '../groups/patient-groups.ts'
import { readPatient } from '../composites/patient/patient.ts'

/**
 * Billing: detail financial transactions (DFT) and accounts (BAR). Kept in the archive and not
 * shown: only the demographics of each patient are used, and the rest is listed as unused.
 * Diagnoses and procedures coded for payment are not clinical statements.
 */
export default {
  handles: ['DFT^P03', 'DFT^P11', 'BAR^P01', 'BAR^P02', 'BAR^P05', 'BAR^P06', 'BAR^P10', 'BAR^P12'],

  toEvents: (message, context) =>
    requiredGroups(message, 1).map((group) => {
      const patient = readPatient(group, context)
      return draftEvent(patient.key, patient.pid, patient.details)
    }),
} satisfies Mapping
