import type { Mapping } from '../normalise/mapping.ts'
import { readIdentifierChanges } from '../composites/identity/identifier-changes.ts'
import { mergeGroups } from '../composites/identity/merges.ts'

/** Change of a visit's number: the visit is the same. */
export default {
  handles: ['ADT^A50'],
  toEvents: (message, context) =>
    mergeGroups(message).flatMap((group) => readIdentifierChanges(group, context, 'VISIT')),
} satisfies Mapping
