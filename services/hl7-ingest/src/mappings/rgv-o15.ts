import type { Mapping } from '../normalise/mapping.ts'
import { readOrderMessage } from '../composites/orders/orders.ts'

/** Pharmacy give (O15; O01 before 2.4): each dose to be given. */
export default {
  handles: ['RGV^O15', 'RGV^O01', 'RGV^*'],
  toEvents: (message, context) => readOrderMessage(message, context, 'medicines'),
} satisfies Mapping
