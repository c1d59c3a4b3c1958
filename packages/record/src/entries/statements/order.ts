import type { Stated } from '@tideway/schemas/documents/entry'
import type { StatementStatus } from '@tideway/schemas/documents/statement'
import { byAction, isDeletion } from './by-action.ts'
import { inResponse, repeatedInResponse } from './response.ts'
import { type Control, controls } from '../../status/order-control.ts'
import { type ReferralTrigger, referralTriggers } from '../../status/referral-triggers.ts'
import {
  shownDispenseStatus,
  shownPrescriptionStatus,
  shownRequestStatus,
} from '../../status/order-status.ts'
import { type Rule, rowOf, says } from '../../status/rule.ts'

/** What a statement says of an order: ORC-1, ORC-5, and MSA-1 of a response. */
type Told<Status extends string> = {
  control: string | null
  response?: string | null
  word: Status | 'unknown' | null
  /** Whether it says what the order is for. */
  isNamed: boolean
}

/**
 * An order by its control (ORC-1) and status (ORC-5). One that does not say what it is for is never
 * the whole order: it is shown over what is known.
 *
 * @param silent  word where neither was sent
 */
const orderRule = <Status extends string>(
  { control: sent, response = null, word, isNamed }: Told<Status>,
  silent: Status,
): Rule<Status | StatementStatus<'request'>> => {
  const control = sent?.toUpperCase() ?? null
  if (response !== null) return inResponse<Status>(control, response, word)
  if (control === null) return says(word ?? silent)
  const row: Control | null = rowOf<Control>(controls, control)
  if (row === null) return says(word ?? 'unknown', isNamed ? 'own' : 'over')
  const { orc5, ...rule } = row
  const shows = rule.shows === 'own' && !isNamed ? 'over' : rule.shows
  return orc5 && word !== null ? { ...rule, shows, status: word } : { ...rule, shows }
}

/**
 * A referral says its state in words of its own (RF1-1), and may be taken back by its action
 * (RF1-25) or by the trigger event of its message, which also says what was asked or answered.
 */
export const requestRule = ({
  action,
  control,
  response,
  service,
  trigger,
  status: sent,
}: Stated<'request'>): Rule<StatementStatus<'request'>> => {
  const word = shownRequestStatus(sent)
  const row = rowOf<ReferralTrigger>(referralTriggers, trigger ?? null)
  if (!action || (row !== null && !isDeletion(action)))
    return row === null
      ? orderRule({ control, response, word, isNamed: service != null }, 'unknown')
      : referralRule(row, sent, word)
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
  response,
  medication,
  status,
}: Stated<'prescription'>): Rule<StatementStatus<'prescription'>> =>
  kind === 'repeated'
    ? says('as-before', 'before')
    : orderRule<StatementStatus<'prescription'>>(
        {
          control,
          response,
          word: shownPrescriptionStatus(status),
          isNamed: medication != null,
        },
        'unknown',
      )

/**
 * What ORC-1 `active` means of a dispense is that it was reported: an order goes on after each of
 * its dispenses. A response only repeats the dispense. One of a blood product has a status of its
 * own, and may be deleted by its action (BPX-22).
 */
export const dispenseRule = ({
  action,
  control,
  response,
  medication,
  status,
}: Stated<'dispense'>): Rule<StatementStatus<'dispense'>> => {
  if (action != null && isDeletion(action))
    return says<StatementStatus<'dispense'>>('entered-in-error', 'before')
  const rule = orderRule<StatementStatus<'dispense'>>(
    { control, word: shownDispenseStatus(status), isNamed: medication != null },
    'reported',
  )
  const isSilent =
    status === null &&
    (rule.status === 'active' ||
      (rule.status === 'as-before' && rule.undoes === undefined && rule.shows !== 'before'))
  return repeatedInResponse(isSilent ? { ...rule, status: 'reported' } : rule, response)
}
