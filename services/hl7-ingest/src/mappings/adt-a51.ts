import type { Mapping } from '../normalise/mapping.ts'
import { readIdentifierChanges } from '../composites/identity/identifier-changes.ts'
import { mergeGroups } from '../composites/identity/merges.ts'

/** Change of a visit's alternate number: the visit is the same. */
export default {
  handles: ['ADT^A51'],
  toEvents: (message, context) =>
    mergeGroups(message).flatMap((group) =>
      readIdentifierChanges(group, context, 'ALTERNATE_VISIT'),
    ),
} satisfies Mapping
