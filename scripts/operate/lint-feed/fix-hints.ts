import { text } from '@tideway/hl7v2/lexer/fields'
import type { Mappings } from '@tideway/hl7-ingest/normalise/load-mappings'
import type { Hl7Message } from '@tideway/hl7v2/lexer/message'
import { type FeedCounts, count } from './counts.ts'

const times: Record<string, readonly number[]> = {
  MSH: [7],
  EVN: [2, 6],
  PID: [7, 29],
  PV1: [44, 45],
  OBR: [7, 14, 22],
  OBX: [14],
}

/**
 * Counts how often each fix of this release would change a field. Whether the fix is right for the
 * sender is for the interface team to decide.
 */
export const countFixes = (
  { fixes }: { fixes: FeedCounts },
  message: Hl7Message,
  mappings: Mappings,
): void => {
  for (const [name, fix] of mappings.fixes) {
    for (const segment of message.segments) {
      if (
        segment.name === 'PV1' &&
        fix.visitNumber !== undefined &&
        text(segment, 19) === null &&
        fix.visitNumber(segment) !== null
      )
        count(fixes, name, 'PV1-19')
      segment.fields.forEach((sent, number) => {
        if (sent === '' || number === 0) return
        const place = `${segment.name}-${number}`
        if (
          segment.name !== 'MSH' &&
          fix.field !== undefined &&
          fix.field(sent, segment, number) !== sent
        )
          count(fixes, name, place)
        if (
          times[segment.name]?.includes(number) &&
          fix.timestamp !== undefined &&
          sent !== '""' &&
          fix.timestamp(sent) !== sent
        )
          count(fixes, name, place)
      })
    }
  }
}
