import type { Mapping } from '../mapping.ts'
import { mergeGroups } from '../segments/merges.ts'
import { accountMoved, movesIn } from '../segments/moves.ts'

/** Move of an account: it belongs to another patient than was said. Both patients are told. */
export default {
  handles: ['ADT^A44'],
  toEvents: (message, context) => mergeGroups(message).flatMap((group) => movesIn(group, context, accountMoved)),
} satisfies Mapping
