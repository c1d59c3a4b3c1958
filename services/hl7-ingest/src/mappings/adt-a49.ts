import type { Mapping } from '../normalise/mapping.ts'
import { readIdentifierChanges } from '../composites/identity/identifier-changes.ts'
import { mergeGroups } from '../composites/identity/merges.ts'

/** Change of an account's number: the account is the same. */
export default {
  handles: ['ADT^A49'],
  toEvents: (message, context) =>
    mergeGroups(message).flatMap((group) => readIdentifierChanges(group, context, 'ACCOUNT')),
} satisfies Mapping
