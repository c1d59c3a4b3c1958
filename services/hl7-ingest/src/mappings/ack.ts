import type { Mapping } from '../normalise/mapping.ts'

/**
 * Acknowledgements that arrive as messages (ACK, NAK and the delayed MCF): about no patient, and
 * never answered. Archived and counted.
 */
export default {
  handles: ['ACK^*', 'NAK^*', 'MCF^*'],
  toEvents: () => [],
} satisfies Mapping
