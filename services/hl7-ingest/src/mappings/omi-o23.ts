import type { Mapping } from '../normalise/mapping.ts'
import { readOrderMessage } from '../composites/orders/orders.ts'

/** Imaging order (O23): a request for each order, with the planned study (IPC). */
export default {
  handles: ['OMI^O23', 'OMI^*'],
  toEvents: (message, context) => readOrderMessage(message, context, 'requests'),
} satisfies Mapping
