import { decisiveTime, optionalTime } from '../datatypes/time-field.ts'
import { text } from '@tideway/hl7v2/lexer/fields'
import type { Context } from '../normalise/mapping.ts'
import { type Hl7Message, type Segment, segmentOf } from '@tideway/hl7v2/lexer/message'

/**
 * Time of the event: EVN-6, else the time of the visit, else EVN-2, else MSH-7. An unreadable EVN-6
 * counts as empty, and the message as used in part.
 *
 * @param ofVisit  PV1-44 or PV1-45 if it dates the event, else null
 */
export const readWhen = (
  message: Hl7Message,
  ofVisit: string | null,
  context: Context,
): string | null => {
  const evn = segmentOf(message, 'EVN')
  const occurred = evn === null ? null : decisiveTime(evn, 6, context)
  if (occurred !== null) return occurred
  return (
    ofVisit ??
    (evn === null ? null : optionalTime(evn, 2, context)) ??
    optionalTime(segmentOf(message, 'MSH') as Segment, 7, context)
  )
}

/** EVN-3, the planned time; null if not sent. */
export const readPlanned = (message: Hl7Message, context: Context): string | null => {
  const evn = segmentOf(message, 'EVN')
  return evn === null ? null : optionalTime(evn, 3, context)
}

/** EVN-4, the reason, as sent; null if not sent. */
export const readReason = (message: Hl7Message): string | null => {
  const evn = segmentOf(message, 'EVN')
  return evn === null ? null : text(evn, 4)
}
