import { instantIn } from '@tideway/time/iso-time'
import { text } from '@tideway/hl7v2/lexer/fields'
import type { Source } from '@tideway/schemas/source'
import { type Hl7Message, type Segment, segmentOf } from '@tideway/hl7v2/lexer/message'
import { isoOf } from '@tideway/hl7v2/datatypes/timestamp'

/** MSH-7 as an instant, milliseconds since 1970 UTC; null if not sent or unusable. */
export const sentInstant = (message: Hl7Message, source: Source): number | null => {
  const asSent = text(segmentOf(message, 'MSH') as Segment, 7)
  const iso = asSent === null ? null : isoOf(asSent, source.hl7.timeZone)
  return iso === null ? null : instantIn(iso, source.hl7.timeZone)
}
