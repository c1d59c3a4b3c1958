import type { Mapping } from '../normalise/mapping.ts'
import { readOrderResponse } from '../composites/orders/responses.ts'

/** General order response (O02): what became of orders of any kind. */
export default {
  handles: ['ORR^O02', 'ORR'],
  toEvents: (message, context) => readOrderResponse(message, context, 'either'),
} satisfies Mapping
