import type { Mapping } from '../mapping.ts'
import { mergeGroups } from '../segments/merges.ts'
import { visitMoved, movesIn } from '../segments/moves.ts'

/** Move of visits: they belong to another patient than was said. Both patients are told. */
export default {
  handles: ['ADT^A45'],
  toEvents: (message, context) => mergeGroups(message).flatMap((group) => movesIn(group, context, visitMoved)),
} satisfies Mapping
