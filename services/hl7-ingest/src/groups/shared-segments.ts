import { type IngestErrorCode, IngestError } from '../errors.ts'
import { placeOf, type Segment } from '@tideway/hl7v2/lexer/message'

/** Limit on repeated segments: enough for a hundred patients with a hundred resources. */
const mostShared = 10_000
/** Characters that count as one more segment. */
const weightUnit = 100

/**
 * Cost of repeating segments: one each, and more for long ones. OBX counts once, because its
 * content is not repeated.
 */
export const weightOf = (segments: readonly Segment[]): number => {
  let weight = segments.length
  for (const { name, fields } of segments)
    if (name !== 'OBX') for (const field of fields) weight += field.length / weightUnit
  return weight
}

/**
 * A segment shared by several orders or patients is repeated for each, so the events of a small
 * message could exceed memory.
 *
 * @param weight  cost of all repeated segments
 * @param code  why the message is parked
 * @throws IngestError `code` at the segment that exceeds the limit
 */
export const limitShared = (weight: number, code: IngestErrorCode, at: Segment): void => {
  if (weight > mostShared) throw new IngestError(code, placeOf(at))
}
