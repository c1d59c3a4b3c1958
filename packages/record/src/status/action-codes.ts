import { type Rule, says } from './rule.ts'

/**
 * What an action code makes of a statement; `as-before` leaves the status to its other fields.
 *
 * @see HL7 v2.9 tables 0206 and 0323 (A, D, U, X) and 0287 (AD to UP)
 */
export const actions = {
  A: says('as-before'), // add
  D: says('deleted', 'before'),
  U: says('as-before'), // update
  X: says('as-before', 'over'), // no change
  S: says('as-before'), // snapshot, table 0206 from v2.7
  AD: says('as-before'), // add
  CO: says('as-before'), // correct
  DE: says('deleted', 'before'),
  LI: says('as-before', 'over'), // link to a problem
  SP: says('as-before'), // snapshot
  UC: says('as-before', 'over'), // unchanged
  UN: says('as-before', 'over'), // unlink from a problem
  UP: says('as-before'), // update
} as const satisfies Record<string, Rule<'deleted'>>
