import type { Mapping } from '../normalise/mapping.ts'
import { readOrderMessage } from '../composites/orders/orders.ts'

/**
 * Blood products: the order (O27), each unit reserved or dispensed (O29), and each given or
 * returned (O31).
 */
export default {
  handles: ['OMB^O27', 'BPS^O29', 'BTS^O31'],
  toEvents: (message, context) => readOrderMessage(message, context, 'requests'),
} satisfies Mapping
