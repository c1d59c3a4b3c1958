import type { Mapping } from '../normalise/mapping.ts'
import { readOrderMessage } from '../composites/orders/orders.ts'

/** Laboratory order (O21): a request for each order; specimens after it. */
export default {
  handles: ['OML^O21'],
  toEvents: (message, context) => readOrderMessage(message, context, 'requests'),
} satisfies Mapping
