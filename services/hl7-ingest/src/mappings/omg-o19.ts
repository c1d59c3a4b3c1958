import type { Mapping } from '../normalise/mapping.ts'
import { readOrderMessage } from '../composites/orders/orders.ts'

/** General clinical order (O19): a request for each order. */
export default {
  handles: ['OMG^O19', 'OMG^*'],
  toEvents: (message, context) => readOrderMessage(message, context, 'requests'),
} satisfies Mapping
