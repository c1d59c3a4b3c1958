import type { Mapping } from '../normalise/mapping.ts'
import { readOrderMessage } from '../composites/orders/orders.ts'

/** Pharmacy order (O09): what is prescribed, as its prescriber asked for it. */
export default {
  handles: ['OMP^O09'],
  toEvents: (message, context) => readOrderMessage(message, context, 'medicines'),
} satisfies Mapping
