import type { Mapping } from '../mapping.ts'
import { readOrderMessage } from '../segments/orders.ts'

/** General clinical order (O19): a request for each order. */
export default {
  handles: ['OMG^O19'],
  toEvents: (message, context) => readOrderMessage(message, context, 'requests'),
} satisfies Mapping
