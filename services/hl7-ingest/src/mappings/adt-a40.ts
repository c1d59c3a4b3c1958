import type { Mapping } from '../normalise/mapping.ts'
import { mergeGroups, readMerges } from '../composites/identity/merges.ts'

/**
 * Merge of patients (A40), and what it was called before or is for one number of several (A18, A30,
 * A34, A39): who survives, and which numbers are theirs from now on. One event a MRG for each
 * patient concerned; several groups are several patients.
 */
export default {
  handles: ['ADT^A18', 'ADT^A30', 'ADT^A34', 'ADT^A39', 'ADT^A40'],
  toEvents: (message, context) =>
    mergeGroups(message).flatMap((group) => readMerges(group, context)),
} satisfies Mapping
