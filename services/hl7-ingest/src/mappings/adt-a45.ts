import type { Mapping } from '../normalise/mapping.ts'
import { mergeGroups } from '../composites/identity/merges.ts'
import { visitMoved, readMoves } from '../composites/identity/moves.ts'

/** Move of visits to another patient. Reported for both patients. */
export default {
  handles: ['ADT^A45'],
  toEvents: (message, context) =>
    mergeGroups(message).flatMap((group) => readMoves(group, context, visitMoved)),
} satisfies Mapping
