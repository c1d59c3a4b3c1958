import type { Mapping } from '../normalise/mapping.ts'
import { readOrderMessage } from '../composites/orders/orders.ts'

/** Pharmacy administration (O17; O01 before 2.4): each dose given, or not. */
export default {
  handles: ['RAS^O17', 'RAS^O01', 'RAS^*'],
  toEvents: (message, context) => readOrderMessage(message, context, 'medicines'),
} satisfies Mapping
