import type { Stated } from '@tideway/schemas/documents/entry'
import type { StatementStatus } from '@tideway/schemas/documents/statement'
import { shownCompletionStatus } from '../../status/completion-status.ts'
import { byAction } from './by-action.ts'
import { repeatedInResponse } from './response.ts'
import type { Rule } from '../../status/rule.ts'

type Status = StatementStatus<'administration'>

/**
 * A dose or vaccination by its completion (RXA-20) and action (RXA-21). Without a completion it is
 * `reported`, which claims no more than the sender did.
 */
export const completionRule = ({
  action,
  status,
}: Pick<Stated<'immunization'>, 'action' | 'status'>): Rule<Status> =>
  byAction<Status>(action, shownCompletionStatus(status), 'reported')

/** The same of a medicine, which a response (RRA, BRT) may repeat. */
export const administrationRule = (dose: Stated<'administration'>): Rule<Status> =>
  repeatedInResponse(completionRule(dose), dose.response)
