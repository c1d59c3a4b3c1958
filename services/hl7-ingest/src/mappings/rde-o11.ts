import type { Mapping } from '../normalise/mapping.ts'
import { readOrderMessage } from '../composites/orders/orders.ts'

/**
 * Encoded pharmacy order (O11, O25; O01 before 2.4): the prescription as encoded by the pharmacy,
 * and the original order.
 */
export default {
  handles: ['RDE^O11', 'RDE^O25', 'RDE^O01', 'RDE^*'],
  toEvents: (message, context) => readOrderMessage(message, context, 'medicines'),
} satisfies Mapping
