import { componentsOf, firstPart, raw, text } from '@tideway/hl7v2/lexer/fields'
import { type Hl7Message, type Segment, segmentOf } from '@tideway/hl7v2/lexer/message'

/**
 * Trigger event of a message in capitals, e.g. `T02`: MSH-9.2, else EVN-1, where it was sent before
 * HL7 2.3.
 */
export const triggerOf = (message: Hl7Message): string | null => {
  const type = componentsOf(message, raw(segmentOf(message, 'MSH') as Segment, 9))
  const evn = segmentOf(message, 'EVN')
  const sent = firstPart(message, type[1]) ?? (evn === null ? null : text(evn, 1))
  return sent?.trim().toUpperCase() ?? null
}
