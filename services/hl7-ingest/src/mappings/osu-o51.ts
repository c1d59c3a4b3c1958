import type { Mapping } from '../normalise/mapping.ts'
import { readOrderMessage } from '../composites/orders/orders.ts'

/**
 * Order status update (O51), with the patient in O52: the state of each order, whether it is a
 * request or a prescription.
 */
export default {
  handles: ['OSU^O51', 'OSU^O52'],
  toEvents: (message, context) => readOrderMessage(message, context, 'either'),
} satisfies Mapping
