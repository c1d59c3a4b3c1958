import type { Stated } from '@tideway/schemas/documents/entry'
import type { StatementStatus } from '@tideway/schemas/documents/statement'
import { shownCompletionStatus } from '../../status/completion-status.ts'
import { byAction } from './by-action.ts'
import type { Rule } from '../../status/rule.ts'

type Status = StatementStatus<'administration'>

/**
 * A dose or vaccination by its completion (RXA-20) and action (RXA-21). Without a completion it is
 * `reported`, which claims no more than the sender did.
 */
export const completionRule = ({
  action,
  status,
}: Stated<'administration'> | Stated<'immunization'>): Rule<Status> =>
  byAction<Status>(action, shownCompletionStatus(status), 'reported')
