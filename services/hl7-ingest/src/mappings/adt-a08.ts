import type { Mapping } from '../normalise/mapping.ts'
import { readDetails } from '../composites/visit/encounter.ts'

/**
 * Update (A08) and person updated (A31): who the patient is, and the visit's details if it has one.
 * Never its status.
 */
export default {
  handles: ['ADT^A08', 'ADT^A31'],
  toEvents: (message, context) => readDetails(message, context),
} satisfies Mapping
