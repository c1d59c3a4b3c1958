import type { Mapping } from '../normalise/mapping.ts'
import { mergeGroups } from '../composites/identity/merges.ts'
import { identifiersMoved, readMoves } from '../composites/identity/moves.ts'

/**
 * Move of identifiers: they and all data under them belong to another patient. Reported for both
 * patients.
 */
export default {
  handles: ['ADT^A43'],
  toEvents: (message, context) =>
    mergeGroups(message).flatMap((group) => readMoves(group, context, identifiersMoved)),
} satisfies Mapping
