import type { Mapping } from '../normalise/mapping.ts'
import { resultPatients } from '../groups/patient-groups.ts'
import { resultGroups } from '../groups/result-groups.ts'
import { readResults } from '../composites/results/results.ts'

/**
 * Results (R01), point-of-care results (R30, R31, R32), unsolicited laboratory results (R40) and
 * waveforms (W01). With several patients each result belongs to the PID above it.
 */
export default {
  handles: ['ORU^R01', 'ORU^R30', 'ORU^R31', 'ORU^R32', 'ORU^R40', 'ORU^W01', 'ORU', 'ORU^*'],
  patients: 'each',

  toEvents(message, context) {
    const numbered = new Map<string, number>()
    return resultPatients(message, context).flatMap((patient) =>
      readResults(patient, resultGroups(patient), context, numbered),
    )
  },
} satisfies Mapping
