import {
  type StatementKind,
  type StatementStatus,
  statementStatuses,
} from '@tideway/schemas/documents/statement'
import { controlInResponse, refusing } from '../../status/order-control.ts'
import { type Rule, says } from '../../status/rule.ts'

type OrderStatus = StatementStatus<'request'>

/** Statuses that a response which only repeats something leaves: all but `unknown`. */
const known = (kind: StatementKind): readonly string[] =>
  statementStatuses[kind].filter((status) => status !== 'unknown')
const knownOrder = known('prescription')
const knownFact = [...known('dispense'), ...known('administration')]

/**
 * What a response (ORR, ORL, RRE and others) makes of an order. It never shows itself in place of
 * the order, of which it repeats a part at most.
 *
 * In a response that accepts, a new order (NW) repeated sets the status only where none is known.
 * In one that refuses, the request repeated is refused: NW is rejected, the cancellation CA did not
 * take place. Without ORC-1 it is not known what was refused, and the status is `unknown`.
 *
 * @param response  MSA-1
 * @param word  ORC-5
 * @see HL7 v2.5.1 chapter 4.4.2, ORR; v2.9 chapter 2.14.8.1, MSA-1
 */
export const inResponse = <Status extends string>(
  control: string | null,
  response: string,
  word: Status | 'unknown' | null,
): Rule<Status | OrderStatus> => {
  if (control === null)
    return says<Status | OrderStatus | 'as-before'>(
      word ?? (refusing.has(response) ? 'unknown' : 'as-before'),
      'over',
    )
  const row = controlInResponse(control, response)
  if (row === null) return says<Status | OrderStatus | 'as-before'>(word ?? 'unknown', 'over')
  const { orc5, ...rule } = row
  const shows = rule.shows === 'own' ? 'over' : rule.shows
  if (orc5 && word !== null) return { ...rule, shows, status: word }
  return rule.shows === 'own' && rule.status === 'active'
    ? { ...rule, shows, unless: knownOrder }
    : { ...rule, shows }
}

/**
 * A dispense or dose that a response (RRD, RRA, BRP, BRT) repeats: known from elsewhere it stays as
 * it is. A response that refuses says of it only that it was told.
 *
 * @param response  MSA-1; null if it is no response
 */
export const repeatedInResponse = <Status extends string>(
  rule: Rule<Status>,
  response: string | null | undefined,
): Rule<Status> => {
  if (response == null) return rule
  if (refusing.has(response)) return says<Status | 'as-before'>('as-before', 'before')
  return { ...rule, shows: 'before', unless: knownFact }
}
