import type { Mapping } from '../normalise/mapping.ts'
import { readOrderMessage } from '../composites/orders/orders.ts'

/**
 * Laboratory orders for specimens (O33), for containers (O35) and for a shipment (O39): a request
 * for each order, with the specimens before it.
 */
export default {
  handles: ['OML^O33', 'OML^O35', 'OML^O39'],
  toEvents: (message, context) => readOrderMessage(message, context, 'requests', true),
} satisfies Mapping
