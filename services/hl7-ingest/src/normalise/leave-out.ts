import type { Segment } from '@tideway/hl7v2/lexer/message'
import { leaveSegment } from '@tideway/hl7v2/lexer/unused-parts'
import { IngestError } from '../errors.ts'

/**
 * Reads one part of a message, such as a report or an order. If it cannot be used, its segments are
 * listed as unused, and the message counts as used in part: it never costs the rest.
 *
 * @param segments  of the part, every one; asked for only if it cannot be used
 * @throws whatever `read` throws, except IngestError MISSING_FIELD and INVALID_FIELD
 */
export const readOrLeaveOut = <T>(segments: () => readonly Segment[], read: () => T[]): T[] => {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof IngestError) || !leavesOut.has(error.code)) throw error
    leaveOut(segments(), error.at)
    return []
  }
}
const leavesOut: ReadonlySet<string> = new Set(['MISSING_FIELD', 'INVALID_FIELD'])

/** Lists the segments as unused, whatever was read of them. */
const leaveOut = (segments: readonly Segment[], place: string): void => {
  for (const segment of segments) {
    leaveSegment(segment)
    segment.message.leftOut.add(place)
  }
}
