import type { Mapping } from '../mapping.ts'
import { changesIn } from '../segments/identifier-changes.ts'
import { mergeGroups } from '../segments/merges.ts'

/** Change of an account's number: the account is the same. */
export default {
  handles: ['ADT^A49'],
  toEvents: (message, context) => mergeGroups(message).flatMap((group) => changesIn(group, context, 'ACCOUNT')),
} satisfies Mapping
