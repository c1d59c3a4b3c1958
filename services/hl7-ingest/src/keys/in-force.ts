import type { Hl7Message } from '@tideway/hl7v2/lexer/message'
import type { Identifier } from '@tideway/schemas/events.generated'
import type { Source } from '@tideway/schemas/source'
import { instantIn, lengthOf } from '@tideway/time/iso-time'
import { sentInstant } from '../segments/msh.ts'

/**
 * Whether a number was valid when the message was sent: an expired one may since have been
 * reassigned. A missing or unreadable date is no limit; a date includes the whole day.
 *
 * @see HL7 v2.5.1 chapter 2A.14, CX-7 and CX-8
 */
export const isInForce = ({ detail }: Identifier, message: Hl7Message, source: Source): boolean => {
  if (detail === null || (detail.validFrom === null && detail.validUntil === null)) return true
  const sent = sentInstant(message, source)
  if (sent === null) return true
  const at = (time: string | null) =>
    time === null || !readable.test(time) || Number.isNaN(Date.parse(time))
      ? Number.NaN
      : instantIn(time, source.hl7.timeZone)
  return (
    !(at(detail.validFrom) > sent) &&
    !(at(detail.validUntil) + lengthOf(detail.validUntil ?? '') <= sent)
  )
}

/** ISO 8601; unreadable text is kept as sent. */
const readable = /^\d{4}(-\d\d){0,2}($|T)/
