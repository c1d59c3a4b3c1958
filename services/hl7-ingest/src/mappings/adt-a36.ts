import type { Mapping } from '../mapping.ts'
import { encounterMergesIn } from '../segments/encounter-merges.ts'
import { mergeGroups, mergesIn } from '../segments/merges.ts'

/** Merge of patients and of their accounts. */
export default {
  handles: ['ADT^A36'],
  toEvents: (message, context) => mergeGroups(message).flatMap((group) => [...mergesIn(group, context), ...encounterMergesIn(group, context)]),
} satisfies Mapping
