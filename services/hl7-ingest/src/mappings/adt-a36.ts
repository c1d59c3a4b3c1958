import type { Mapping } from '../normalise/mapping.ts'
import { encounterMergesIn } from '../composites/identity/encounter-merges.ts'
import { mergeGroups, mergesIn } from '../composites/identity/merges.ts'

/** Merge of patients and of their accounts. */
export default {
  handles: ['ADT^A36'],
  toEvents: (message, context) =>
    mergeGroups(message).flatMap((group) => [
      ...mergesIn(group, context),
      ...encounterMergesIn(group, context),
    ]),
} satisfies Mapping
