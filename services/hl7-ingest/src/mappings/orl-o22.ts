import type { Mapping } from '../normalise/mapping.ts'
import { readOrderResponse } from '../composites/orders/responses.ts'

/** Response to laboratory orders (O22; O53 with the patient): specimens after the order. */
export default {
  handles: ['ORL^O22', 'ORL^O53'],
  toEvents: (message, context) => readOrderResponse(message, context, 'requests'),
} satisfies Mapping
