import type { Stated } from '@tideway/schemas/documents/entry'
import type { StatementStatus } from '@tideway/schemas/documents/statement'
import { shownAllergyStatus } from '../../status/allergy-status.ts'
import { byAction } from './by-action.ts'
import { overruling } from './overruling.ts'
import type { Rule } from '../../status/rule.ts'

/**
 * An allergy stands unless its sender says otherwise: AL1 has no status, and a missing one is no
 * doubt.
 */
export const allergyRule = ({
  action,
  clinicalStatus,
  verificationStatus,
}: Stated<'allergy'>): Rule<StatementStatus<'allergy'>> =>
  byAction<StatementStatus<'allergy'>>(
    action,
    overruling(verificationStatus) ?? shownAllergyStatus(clinicalStatus),
    'active',
  )
