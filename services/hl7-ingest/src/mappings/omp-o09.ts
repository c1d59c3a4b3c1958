import type { Mapping } from '../normalise/mapping.ts'
import { readOrderMessage } from '../composites/orders/orders.ts'

/** Pharmacy order (O09): the prescription as ordered by the prescriber. */
export default {
  handles: ['OMP^O09', 'OMP^*'],
  toEvents: (message, context) => readOrderMessage(message, context, 'medicines'),
} satisfies Mapping
