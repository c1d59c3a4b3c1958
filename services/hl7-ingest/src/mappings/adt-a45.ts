import type { Mapping } from '../normalise/mapping.ts'
import { mergeGroups } from '../composites/identity/merges.ts'
import { visitMoved, readMoves } from '../composites/identity/moves.ts'

/** Move of visits: they belong to another patient than was said. Both patients are told. */
export default {
  handles: ['ADT^A45'],
  toEvents: (message, context) =>
    mergeGroups(message).flatMap((group) => readMoves(group, context, visitMoved)),
} satisfies Mapping
