import type { Mapping } from '../normalise/mapping.ts'
import { readOrderMessage } from '../composites/orders/orders.ts'

/** Orders of a diet (O03), of stock (O05) and of other supplies (O07). */
export default {
  handles: ['OMD^O03', 'OMS^O05', 'OMN^O07'],
  toEvents: (message, context) => readOrderMessage(message, context, 'requests'),
} satisfies Mapping
