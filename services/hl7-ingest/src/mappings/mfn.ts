import type { Mapping } from '../normalise/mapping.ts'

/**
 * Master files: changes (MFN) and their acknowledgement (MFK), such as staff, locations and test
 * definitions. About no patient: archived and counted, not shown.
 */
export default {
  handles: ['MFN^*', 'MFK^*'],
  toEvents: () => [],
} satisfies Mapping
