import type { Mapping } from '../normalise/mapping.ts'
import { readIdentifierChanges } from '../composites/identity/identifier-changes.ts'
import { mergeGroups } from '../composites/identity/merges.ts'

/** Change of a patient's alternate number: the patient is the same. */
export default {
  handles: ['ADT^A48'],
  toEvents: (message, context) =>
    mergeGroups(message).flatMap((group) =>
      readIdentifierChanges(group, context, 'ALTERNATE_PATIENT'),
    ),
} satisfies Mapping
