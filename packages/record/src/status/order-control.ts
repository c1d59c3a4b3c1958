import type { StatementStatus } from '@tideway/schemas/documents/statement'
import { type Change, type Rule, rowOf, says } from './rule.ts'

type Status = StatementStatus<'request'>

/** What an ORC-1 does; `orc5`: an ORC-5 that is sent says more. */
export type Control = Rule<Status> & { orc5: boolean }

const alone = (
  status: Status | 'as-before',
  shows: Rule<Status>['shows'] = 'over',
  more: Pick<Rule<Status>, 'asks' | 'undoes'> = {},
): Control => ({ ...says(status, shows, more), orc5: false })
const orOrc5 = (
  status: Status | 'as-before',
  shows: Rule<Status>['shows'] = 'over',
  more: Pick<Rule<Status>, 'asks' | 'undoes'> = {},
): Control => ({ ...says(status, shows, more), orc5: true })

const asks = (change: Change) => ({ asks: change })
const refused = (change: Change) => ({ undoes: change })

/**
 * ORC-1, HL7 v2.9 table 0119, order control codes.
 *
 * A request to cancel, stop or hold counts at once: whoever reads the record must not act on what
 * its prescriber took back. If the other side refuses (UC, UD, UH, UM, UR, UX), the order is as if
 * that had not been asked.
 */
export const controls = {
  NW: orOrc5('active', 'own'), // new
  SN: orOrc5('active', 'own'), // send a number for it
  NA: orOrc5('as-before'), // number assigned
  OK: orOrc5('as-before'), // accepted
  UA: alone('rejected'), // unable to accept
  PA: orOrc5('active', 'own'), // parent
  CH: orOrc5('active', 'own'), // child
  RE: orOrc5('as-before'), // observations or performed service to follow
  CN: orOrc5('as-before'), // combined result
  PR: orOrc5('as-before', 'before'), // previous results with a new order
  SC: orOrc5('as-before'), // status changed
  SR: orOrc5('as-before'), // answer about the status
  SS: alone('as-before', 'before'), // asks for the status
  RR: orOrc5('as-before'), // request received
  CA: alone('cancelled', 'over', asks('cancel')),
  CR: alone('cancelled'), // as asked
  OC: alone('cancelled'), // by the filler
  UC: alone('as-before', 'before', refused('cancel')), // unable to cancel
  CP: orOrc5('as-before'), // a step is cancelled
  DC: alone('stopped', 'over', asks('stop')),
  DR: alone('stopped'), // as asked
  OD: alone('stopped'), // by the filler
  UD: alone('as-before', 'before', refused('stop')), // unable to discontinue
  HD: alone('on-hold', 'over', asks('hold')),
  HR: alone('on-hold'), // as asked
  OH: alone('on-hold'), // by the filler
  UH: alone('as-before', 'before', refused('hold')), // unable to hold
  RL: orOrc5('active', 'over', asks('release')), // release of a hold
  OR: orOrc5('active'), // released as asked
  OE: orOrc5('active'), // released by the filler
  UR: alone('as-before', 'before', refused('release')), // unable to release
  RP: alone('replaced', 'over', asks('replace')),
  RQ: alone('replaced'), // as asked
  RU: alone('replaced'), // by the filler
  UM: alone('as-before', 'before', refused('replace')), // unable to replace
  RO: orOrc5('active', 'own'), // the order that replaces another
  PY: orOrc5('active', 'own'), // the same, to be dispensed outside
  OP: orOrc5('active', 'own'), // to be dispensed outside
  SU: orOrc5('as-before', 'over'), // supplements the order
  SQ: orOrc5('as-before', 'over'), // supplemented as requested
  XO: orOrc5('as-before', 'own', asks('change')), // change asked for
  XR: orOrc5('as-before', 'own'), // changed as asked
  XX: orOrc5('as-before', 'own'), // changed by the filler
  UX: alone('as-before', 'before', refused('change')), // unable to change
  RF: orOrc5('as-before'), // refill asked for
  AF: orOrc5('as-before'), // refill approved
  DF: orOrc5('as-before'), // refill denied
  FU: orOrc5('as-before'), // refilled unasked
  OF: orOrc5('as-before'), // refilled as asked
  UF: orOrc5('as-before'), // unable to refill
  LI: alone('as-before', 'before'), // link to a problem
  UN: alone('as-before', 'before'), // unlink
  DE: alone('as-before', 'before'), // data errors
  IN: alone('as-before', 'before'), // information
  MC: alone('as-before', 'before'), // miscellaneous charge
  NR: alone('as-before', 'before'), // notification received
  RC: alone('as-before', 'before'), // change recommended, not made
  RA: alone('as-before', 'before'), // recommendation accepted
  RD: alone('as-before', 'before'), // recommendation declined
} as const satisfies Record<string, Control>

/**
 * The refusal of each request. A response that refuses an order (MSA-1 AE, AR) may repeat what was
 * asked in ORC-1 instead of saying UA, UC and so on.
 *
 * @see HL7 v2.9 chapter 4.1.2, order control codes and their context
 */
export const refusals: Readonly<Record<string, keyof typeof controls>> = {
  NW: 'UA',
  SN: 'UA',
  PA: 'UA',
  CH: 'UA',
  RO: 'UA',
  PY: 'UA',
  OP: 'UA',
  CA: 'UC',
  DC: 'UD',
  HD: 'UH',
  RL: 'UR',
  RP: 'UM',
  XO: 'UX',
  RF: 'UF',
}

/** MSA-1 that refuses: error and reject, in both modes. HL7 v2.9 table 0008. */
export const refusing: ReadonlySet<string> = new Set(['AE', 'AR', 'CE', 'CR'])

/**
 * The row of what a response says in ORC-1; the refusal of a request that a response which refuses
 * repeats. Null if it is in no table.
 *
 * @param response  MSA-1
 */
export const controlInResponse = (control: string, response: string): Control | null => {
  const said = refusing.has(response) ? (rowOf(refusals, control) ?? control) : control
  return rowOf<Control>(controls, said)
}

/**
 * Whether a response changes the status of an order that is going on.
 *
 * @param ends  whether ORC-5 says that it is not
 */
export const responseChangesStatus = (
  control: string | null,
  response: string,
  ends: boolean,
): boolean => {
  if (control === null) return ends || refusing.has(response)
  const row = controlInResponse(control, response)
  if (row === null || (row.orc5 && ends)) return true
  return row.status !== 'as-before' && row.shows !== 'own'
}
