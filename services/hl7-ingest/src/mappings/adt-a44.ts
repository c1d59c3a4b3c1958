import type { Mapping } from '../normalise/mapping.ts'
import { mergeGroups } from '../composites/identity/merges.ts'
import { accountMoved, readMoves } from '../composites/identity/moves.ts'

/** Move of an account: it belongs to another patient than was said. Both patients are told. */
export default {
  handles: ['ADT^A44'],
  toEvents: (message, context) =>
    mergeGroups(message).flatMap((group) => readMoves(group, context, accountMoved)),
} satisfies Mapping
