import type { Mapping } from '../mapping.ts'
import { mergeGroups } from '../segments/merges.ts'
import { identifiersMoved, movesIn } from '../segments/moves.ts'

/** Move of identifiers: they, and all told under them, belong to another patient than was said. Both patients are told. */
export default {
  handles: ['ADT^A43'],
  toEvents: (message, context) => mergeGroups(message).flatMap((group) => movesIn(group, context, identifiersMoved)),
} satisfies Mapping
