import type { Mapping } from '../normalise/mapping.ts'
import { readReferralMessage } from '../composites/referrals/referral.ts'

/**
 * Referral (I12), change (I13) and cancellation of it (I14), and a question about its status (I15):
 * the referral, and the clinical data sent with it.
 */
export default {
  handles: ['REF^I12', 'REF^I13', 'REF^I14', 'REF^I15'],
  toEvents: (message, context) => readReferralMessage(message, context, false),
} satisfies Mapping
