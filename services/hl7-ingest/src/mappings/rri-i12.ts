import type { Mapping } from '../normalise/mapping.ts'
import { readReferralMessage } from '../composites/referrals/referral.ts'

/**
 * Answer of the receiver of a referral (I12), of a change (I13) or cancellation of it (I14), or of
 * a question about its status (I15): the referral as it stands with the receiver.
 */
export default {
  handles: ['RRI^I12', 'RRI^I13', 'RRI^I14', 'RRI^I15'],
  toEvents: (message, context) => readReferralMessage(message, context, true),
} satisfies Mapping
