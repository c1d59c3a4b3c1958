import type { Mapping } from '../normalise/mapping.ts'

/**
 * Bed status update: about a bed, not a patient. It gives no events, and all fields are listed as
 * unused.
 */
export default {
  handles: ['ADT^A20'],
  toEvents: () => [],
} satisfies Mapping
