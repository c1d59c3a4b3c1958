import type { Mapping } from '../normalise/mapping.ts'
import { readDetails } from '../composites/visit/encounter.ts'

/**
 * Update (A08) and person updated (A31): demographics, and details of the visit if there is one,
 * never its status.
 */
export default {
  handles: ['ADT^A08', 'ADT^A31'],
  toEvents: (message, context) => readDetails(message, context),
} satisfies Mapping
