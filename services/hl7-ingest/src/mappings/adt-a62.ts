import { fieldPlace, segmentOf } from '@tideway/hl7v2/lexer/message'
import type { Mapping } from '../normalise/mapping.ts'
import { readDetails } from '../composites/visit/encounter.ts'

/**
 * Cancel change of consulting doctor: PV1-9 is the previous one, who is still consulted. Without it
 * nothing says who that is, and the message counts as used in part.
 */
export default {
  handles: ['ADT^A62'],

  toEvents(message, context) {
    const pv1 = segmentOf(message, 'PV1')
    if (!pv1?.fields[9]) message.leftOut.add(pv1 === null ? 'PV1' : fieldPlace(pv1, 9))
    return readDetails(message, context)
  },
} satisfies Mapping
