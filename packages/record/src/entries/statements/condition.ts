import type { Stated } from '@tideway/schemas/documents/entry'
import type { StatementStatus } from '@tideway/schemas/documents/statement'
import { byAction, wordOf } from './by-action.ts'
import type { Rule } from './rule.ts'

type Status = StatementStatus<'condition'>

/**
 * FHIR R4 Condition.clinicalStatus. PRB-14 is the sender's own; what is not one of these words is
 * `unknown`.
 */
export const clinicalStatuses = {
  active: 'active',
  recurrence: 'recurrence',
  relapse: 'relapse',
  inactive: 'inactive',
  remission: 'remission',
  resolved: 'resolved',
} as const satisfies Record<string, Status>

/** FHIR R4 Condition.verificationStatus, where it decides alone. */
const decided = (sent: string | null): Status | null =>
  sent === 'refuted' || sent === 'entered-in-error' ? sent : null

/**
 * A diagnosis says that it was made, not whether it goes on: without a status it is `reported`, and
 * a snapshot of it (DG1) without one leaves what another message or a resource said of the same
 * number.
 */
export const conditionRule = ({
  action,
  clinicalStatus,
  verificationStatus,
}: Stated<'condition'>): Rule<Status> => {
  const word =
    decided(verificationStatus) ?? wordOf(clinicalStatuses, clinicalStatus?.toLowerCase() ?? null)
  const rule: Rule<Status> = byAction<Status>(action, word, 'reported')
  return action === null && word === null
    ? { ...rule, unless: Object.values(clinicalStatuses) }
    : rule
}
