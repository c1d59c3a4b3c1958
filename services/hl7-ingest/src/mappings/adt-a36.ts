import type { Mapping } from '../normalise/mapping.ts'
import { readEncounterMerges } from '../composites/identity/encounter-merges.ts'
import { mergeGroups, readMerges } from '../composites/identity/merges.ts'

/** Merge of patients and of their accounts. */
export default {
  handles: ['ADT^A36'],
  toEvents: (message, context) =>
    mergeGroups(message).flatMap((group) => [
      ...readMerges(group, context),
      ...readEncounterMerges(group, context),
    ]),
} satisfies Mapping
