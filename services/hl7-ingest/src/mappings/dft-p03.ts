import type { Mapping } from '../normalise/mapping.ts'
import { requiredGroups } from '../groups/patient-groups.ts'
import { readBill } from '../composites/billing/billing.ts'

/**
 * Detail financial transactions (P03, P11): diagnoses, procedures, notes and results that are
 * billed, not the money.
 */
export default {
  handles: ['DFT^P03', 'DFT^P11'],
  patients: 'each',
  toEvents: (message, context) =>
    requiredGroups(message, 1).flatMap((group) => readBill(group, context)),
} satisfies Mapping
