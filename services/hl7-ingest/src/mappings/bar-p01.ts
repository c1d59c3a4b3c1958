import type { Mapping } from '../normalise/mapping.ts'
import { requiredGroups } from '../groups/patient-groups.ts'
import { readBill } from '../composites/billing/billing.ts'

/**
 * Billing accounts (BAR): added (P01), purged (P02), updated (P05), ended (P06), with the coding of
 * the visit (P10, P12): its diagnoses and procedures. P02 and P06 may be about several patients.
 */
export default {
  handles: ['BAR^P01', 'BAR^P02', 'BAR^P05', 'BAR^P06', 'BAR^P10', 'BAR^P12'],
  patients: 'each',
  toEvents: (message, context) =>
    requiredGroups(message, 1).flatMap((group) => readBill(group, context)),
} satisfies Mapping
