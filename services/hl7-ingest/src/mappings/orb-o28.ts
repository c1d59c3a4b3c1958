import type { Mapping } from '../normalise/mapping.ts'
import { readOrderResponse } from '../composites/orders/responses.ts'

/**
 * Responses to an order of blood products (ORB), to their dispense status (BRP) and to a
 * transfusion (BRT).
 */
export default {
  handles: ['ORB^O28', 'BRP^O30', 'BRT^O32'],
  toEvents: (message, context) => readOrderResponse(message, context, 'requests'),
} satisfies Mapping
