import type { Stated } from '@tideway/schemas/documents/entry'
import type { StatementStatus } from '@tideway/schemas/documents/statement'
import { conditionStatuses, shownConditionStatus } from '../../status/condition-status.ts'
import { byAction } from './by-action.ts'
import { overruling } from './overruling.ts'
import type { Rule } from '../../status/rule.ts'

type Status = StatementStatus<'condition'>

const clinicalStatuses = Object.keys(conditionStatuses)

/**
 * A diagnosis says that it was made, not whether it goes on: without a status it is `reported`, and
 * a snapshot of it (DG1) without one leaves what another message or a resource said of the same
 * number. With the time it was over (PRB-9), and no status, it is resolved.
 */
export const conditionRule = ({
  action,
  clinicalStatus,
  verificationStatus,
  abatedAt,
}: Stated<'condition'>): Rule<Status> => {
  const status =
    overruling(verificationStatus) ??
    shownConditionStatus(clinicalStatus) ??
    (abatedAt == null ? null : 'resolved')
  const rule: Rule<Status> = byAction<Status>(action, status, 'reported')
  return action === null && status === null ? { ...rule, unless: clinicalStatuses } : rule
}
