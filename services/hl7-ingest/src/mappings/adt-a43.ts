import type { Mapping } from '../normalise/mapping.ts'
import { mergeGroups } from '../composites/identity/merges.ts'
import { identifiersMoved, readMoves } from '../composites/identity/moves.ts'

/**
 * Move of identifiers: they, and all told under them, belong to another patient than was said. Both
 * patients are told.
 */
export default {
  handles: ['ADT^A43'],
  toEvents: (message, context) =>
    mergeGroups(message).flatMap((group) => readMoves(group, context, identifiersMoved)),
} satisfies Mapping
