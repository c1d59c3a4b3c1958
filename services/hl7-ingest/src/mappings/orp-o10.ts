import type { Mapping } from '../normalise/mapping.ts'
import { readOrderResponse } from '../composites/orders/responses.ts'

/**
 * Responses of a pharmacy to an order (ORP), and to an encoded order (RRE), dispense (RRD), give
 * (RRG) and administration (RRA); O02 before 2.4.
 */
export default {
  handles: [
    'ORP^O10',
    'RRE^O12',
    'RRE^O26',
    'RRE^O02',
    'RRD^O14',
    'RRD^O02',
    'RRG^O16',
    'RRG^O02',
    'RRA^O18',
    'RRA^O02',
  ],
  toEvents: (message, context) => readOrderResponse(message, context, 'medicines'),
} satisfies Mapping
