import { text } from '@tideway/hl7v2/lexer/fields'
import { type Hl7Message, segmentOf } from '@tideway/hl7v2/lexer/message'

/** HL7 table 0008: error and reject. */
const refusals = new Set(['AE', 'AR', 'CE', 'CR'])

/** Whether a message answers another that its receiver could not take (MSA-1). */
export const isRefusal = (message: Hl7Message): boolean => {
  const msa = segmentOf(message, 'MSA')
  return msa !== null && refusals.has(text(msa, 1)?.toUpperCase() ?? '')
}
