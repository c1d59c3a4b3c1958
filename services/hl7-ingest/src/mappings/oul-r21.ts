import type { Mapping } from '../normalise/mapping.ts'
import { specimenGroups } from '../groups/result-groups.ts'
import { readResults } from '../composites/results/results.ts'

/** Results by specimen (R21, R22), by container (R23) and by order (R24). */
export default {
  handles: ['OUL^R21', 'OUL^R22', 'OUL^R23', 'OUL^R24', 'OUL^*'],

  toEvents: (message, context) => readResults(message, specimenGroups(message), context),
} satisfies Mapping
