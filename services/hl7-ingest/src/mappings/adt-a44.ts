import type { Mapping } from '../normalise/mapping.ts'
import { mergeGroups } from '../composites/identity/merges.ts'
import { accountMoved, readMoves } from '../composites/identity/moves.ts'

/** Move of an account to another patient. Reported for both patients. */
export default {
  handles: ['ADT^A44'],
  toEvents: (message, context) =>
    mergeGroups(message).flatMap((group) => readMoves(group, context, accountMoved)),
} satisfies Mapping
