import type { Mapping } from '../normalise/mapping.ts'
import { readOrderResponse } from '../composites/orders/responses.ts'

/**
 * Responses to laboratory orders for specimens (O34), for containers (O36) and for a shipment
 * (O40), and the same with the patient (O54 to O56): specimens before the orders.
 */
export default {
  handles: ['ORL^O34', 'ORL^O36', 'ORL^O40', 'ORL^O54', 'ORL^O55', 'ORL^O56'],
  toEvents: (message, context) => readOrderResponse(message, context, 'requests', true),
} satisfies Mapping
