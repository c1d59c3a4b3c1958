import type { Mapping } from '../normalise/mapping.ts'
import { readIdentifierChanges } from '../composites/identity/identifier-changes.ts'
import { mergeGroups } from '../composites/identity/merges.ts'

/** Change of a patient's number (A47), and of the external one (A46): the patient is the same. */
export default {
  handles: ['ADT^A46', 'ADT^A47'],
  toEvents: (message, context) =>
    mergeGroups(message).flatMap((group) => readIdentifierChanges(group, context, 'PATIENT')),
} satisfies Mapping
