import type { Mapping } from '../normalise/mapping.ts'

/**
 * Bed status update: it speaks of a bed and of nobody. Nothing happened to a patient, and all of it
 * is listed as unused.
 */
export default {
  handles: ['ADT^A20'],
  toEvents: () => [],
} satisfies Mapping
