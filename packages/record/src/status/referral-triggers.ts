import type { StatementStatus } from '@tideway/schemas/documents/statement'
import { type Rule, says } from './rule.ts'

type Status = StatementStatus<'request'>

/** What a referral message does; `rf1`: a status that it sends (RF1-1) says more. */
export type ReferralTrigger = Rule<Status> & { rf1: boolean }

const alone = (...row: Parameters<typeof says<Status | 'as-before'>>): ReferralTrigger => ({
  ...says(...row),
  rf1: false,
})
const orRf1 = (...row: Parameters<typeof says<Status | 'as-before'>>): ReferralTrigger => ({
  ...says(...row),
  rf1: true,
})

/**
 * REF and RRI by trigger event, HL7 v2.9 chapter 11.
 *
 * As with orders, a cancellation counts at once, and if the other side refuses it, it is as if it
 * had not been asked for. A referral that the receiver refused is not under way, whatever its
 * sender last said of it. A question about the status (I15) repeats what its sender believes.
 */
export const referralTriggers: Readonly<Record<string, ReferralTrigger>> = {
  REFERRED: orRf1('active'),
  MODIFIED: orRf1('as-before', 'own', { asks: 'change' }),
  CANCELLED: alone('cancelled', 'over', { asks: 'cancel' }),
  STATUS_ASKED: alone('as-before', 'before'),
  ANSWERED: orRf1('as-before', 'over'),
  MODIFICATION_ANSWERED: orRf1('as-before', 'over'),
  CANCELLATION_ANSWERED: alone('cancelled', 'over'),
  STATUS_ANSWERED: orRf1('as-before', 'over'),
  REFUSED: alone('rejected', 'over'),
  MODIFICATION_REFUSED: alone('as-before', 'before', { undoes: 'change' }),
  CANCELLATION_REFUSED: alone('as-before', 'before', { undoes: 'cancel' }),
  STATUS_REFUSED: alone('as-before', 'before'),
}
