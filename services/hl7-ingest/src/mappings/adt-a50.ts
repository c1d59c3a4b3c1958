import type { Mapping } from '../normalise/mapping.ts'
import { changesIn } from '../composites/identifier-changes.ts'
import { mergeGroups } from '../composites/merges.ts'

/** Change of a visit's number: the visit is the same. */
export default {
  handles: ['ADT^A50'],
  toEvents: (message, context) =>
    mergeGroups(message).flatMap((group) => changesIn(group, context, 'VISIT')),
} satisfies Mapping
