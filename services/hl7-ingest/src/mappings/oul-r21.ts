import type { Mapping } from '../normalise/mapping.ts'
import { resultPatients } from '../groups/patient-groups.ts'
import { specimenGroups } from '../groups/result-groups.ts'
import { readResults } from '../composites/results/results.ts'

/**
 * Results by specimen (R21, R22), by container (R23) and by order (R24). With several
 * patients each result belongs to the PID above it.
 */
export default {
  handles: ['OUL^R21', 'OUL^R22', 'OUL^R23', 'OUL^R24', 'OUL^*'],
  patients: 'each',

  toEvents(message, context) {
    const numbered = new Map<string, number>()
    return resultPatients(message, context).flatMap((patient) =>
      readResults(patient, specimenGroups(patient), context, numbered),
    )
  },
} satisfies Mapping
