import type { Mapping } from '../normalise/mapping.ts'
import { readOrderMessage } from '../composites/orders/orders.ts'

/** Pharmacy dispense (O13; O01 before 2.4): each dispense, with its order. */
export default {
  handles: ['RDS^O13', 'RDS^O01', 'RDS^*'],
  toEvents: (message, context) => readOrderMessage(message, context, 'medicines'),
} satisfies Mapping
