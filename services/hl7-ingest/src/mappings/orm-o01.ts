import type { Mapping } from '../normalise/mapping.ts'
import { readOrderMessage } from '../composites/orders/orders.ts'

/**
 * General order (O01): a request for each order, or a prescription if it is for a medicine (RXO).
 */
export default {
  handles: ['ORM^O01', 'ORM', 'ORM^*'],
  toEvents: (message, context) => readOrderMessage(message, context, 'either'),
} satisfies Mapping
