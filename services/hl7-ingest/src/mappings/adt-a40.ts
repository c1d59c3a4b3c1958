import type { Mapping } from '../normalise/mapping.ts'
import { mergeGroups, readMerges } from '../composites/identity/merges.ts'

/**
 * Merge of patients (A40), and its older or single-identifier forms (A18, A30, A34, A39): the
 * surviving patient and the merged numbers. One event per MRG for each patient concerned; each
 * group is a separate merge.
 */
export default {
  handles: ['ADT^A18', 'ADT^A30', 'ADT^A34', 'ADT^A39', 'ADT^A40'],
  toEvents: (message, context) =>
    mergeGroups(message).flatMap((group) => readMerges(group, context)),
} satisfies Mapping
