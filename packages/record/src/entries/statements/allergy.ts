import type { Stated } from '@tideway/schemas/documents/entry'
import type { StatementStatus } from '@tideway/schemas/documents/statement'
import { byAction, wordOf } from './by-action.ts'
import type { Rule } from './rule.ts'

type Status = StatementStatus<'allergy'>

/**
 * IAM-17, HL7 v2.9 table 0438, allergy clinical status; and FHIR R4
 * AllergyIntolerance.clinicalStatus.
 */
export const clinicalStatuses = {
  U: 'active', // unverified
  P: 'active', // pending
  S: 'active', // suspect
  C: 'active', // confirmed or verified
  I: 'inactive', // confirmed but inactive
  E: 'entered-in-error', // erroneous
  D: 'active', // doubt raised: a risk until somebody refutes it
  active: 'active',
  inactive: 'inactive',
  resolved: 'resolved',
} as const satisfies Record<string, Status>

/** FHIR R4 AllergyIntolerance.verificationStatus, where it decides alone. */
export const verifications = {
  refuted: 'refuted',
  'entered-in-error': 'entered-in-error',
} as const satisfies Record<string, Status>

const decided = (sent: string | null): Status | null =>
  sent === 'refuted' || sent === 'entered-in-error' ? verifications[sent] : null

/**
 * An allergy stands unless its sender says otherwise: AL1 has no status, and a missing one is no
 * doubt.
 */
export const allergyRule = ({
  action,
  clinicalStatus,
  verificationStatus,
}: Stated<'allergy'>): Rule<Status> =>
  byAction<Status>(
    action,
    decided(verificationStatus) ?? wordOf(clinicalStatuses, clinicalStatus),
    'active',
  )
