import type { Mapping } from '../normalise/mapping.ts'
import { readEncounterMerges } from '../composites/identity/encounter-merges.ts'
import { mergeGroups, readPatientDetails } from '../composites/identity/merges.ts'

/**
 * Merge of accounts (A41, and A35 before version 2.3.1) and of visits (A42): the surviving one, and
 * those merged into it.
 */
export default {
  handles: ['ADT^A35', 'ADT^A41', 'ADT^A42'],
  toEvents: (message, context) =>
    mergeGroups(message).flatMap((group) => [
      ...readPatientDetails(group, context),
      ...readEncounterMerges(group, context),
    ]),
} satisfies Mapping
