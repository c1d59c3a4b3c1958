import type { Mapping } from '../normalise/mapping.ts'
import { readOrderResponse } from '../composites/orders/responses.ts'

/**
 * Responses to clinical orders (ORG), imaging orders (ORI), diets (ORD) and supplies (ORS, ORN).
 */
export default {
  handles: ['ORG^O20', 'ORI^O24', 'ORD^O04', 'ORS^O06', 'ORN^O08'],
  toEvents: (message, context) => readOrderResponse(message, context, 'requests'),
} satisfies Mapping
