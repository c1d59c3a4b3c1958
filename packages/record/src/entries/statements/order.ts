import type { Stated } from '@tideway/schemas/documents/entry'
import type { StatementStatus } from '@tideway/schemas/documents/statement'
import { byAction, isDeletion } from './by-action.ts'
import { type Control, controls } from '../../status/order-control.ts'
import { type ReferralTrigger, referralTriggers } from '../../status/referral-triggers.ts'
import {
  shownDispenseStatus,
  shownPrescriptionStatus,
  shownRequestStatus,
} from '../../status/order-status.ts'
import { type Rule, rowOf, says } from '../../status/rule.ts'

/**
 * An order by its control (ORC-1) and status (ORC-5).
 *
 * @param silent  word where neither was sent
 */
const orderRule = <Status extends string>(
  control: string | null,
  word: Status | 'unknown' | null,
  silent: Status,
): Rule<Status | StatementStatus<'request'>> => {
  if (control === null) return says(word ?? silent)
  const row: Control | null = rowOf<Control>(controls, control.toUpperCase())
  if (row === null) return says(word ?? 'unknown')
  const { orc5, ...rule } = row
  return orc5 && word !== null ? { ...rule, status: word } : rule
}

/**
 * A referral says its state in words of its own (RF1-1), and may be taken back by its action
 * (RF1-25) or by the trigger event of its message, which also says what was asked or answered.
 */
export const requestRule = ({
  action,
  control,
  trigger,
  status: sent,
}: Stated<'request'>): Rule<StatementStatus<'request'>> => {
  const word = shownRequestStatus(sent)
  const row = rowOf<ReferralTrigger>(referralTriggers, trigger ?? null)
  if (!action || (row !== null && !isDeletion(action)))
    return row === null ? orderRule(control, word, 'unknown') : referralRule(row, sent, word)
  const { status, ...rule } = byAction(action, word, 'unknown')
  return { ...rule, status: status === 'deleted' ? 'entered-in-error' : status }
}

/** A referral that is pending stands as its messages left it. */
const referralRule = (
  { rf1, ...rule }: ReferralTrigger,
  sent: string | null,
  word: StatementStatus<'request'> | null,
): Rule<StatementStatus<'request'>> =>
  rf1 && word !== null && sent !== 'pending' ? { ...rule, status: word } : rule

/**
 * An order told again beside what the pharmacy made of it, or by who dispenses or gives it, is no
 * news of the order: it is shown where nothing else is known.
 */
export const prescriptionRule = ({
  kind,
  control,
  status,
}: Stated<'prescription'>): Rule<StatementStatus<'prescription'>> =>
  kind === 'repeated'
    ? says('as-before', 'before')
    : orderRule<StatementStatus<'prescription'>>(
        control,
        shownPrescriptionStatus(status),
        'unknown',
      )

/**
 * What ORC-1 `active` means of a dispense is that it was reported: an order goes on after each of
 * its dispenses.
 */
export const dispenseRule = ({
  control,
  status,
}: Stated<'dispense'>): Rule<StatementStatus<'dispense'>> => {
  const rule = orderRule<StatementStatus<'dispense'>>(
    control,
    shownDispenseStatus(status),
    'reported',
  )
  const isSilent =
    status === null &&
    (rule.status === 'active' ||
      (rule.status === 'as-before' && rule.undoes === undefined && rule.shows !== 'before'))
  return isSilent ? { ...rule, status: 'reported' } : rule
}
