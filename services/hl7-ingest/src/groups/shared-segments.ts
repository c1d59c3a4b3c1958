import { type IngestErrorCode, IngestError } from '../errors.ts'
import { placeOf, type Segment } from '@tideway/hl7v2/lexer/message'

/** Limit on repeated segments: that of a hundred patients with a hundred resources. */
const mostShared = 10_000
/** Characters that weigh as much as a segment. */
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
 * A segment shared by several orders or patients is repeated for each: the events of a small
 * message could exceed memory.
 *
 * @param weight  of all that is told again
 * @param code  why the message waits
 * @throws IngestError `code` at the segment where it becomes too much
 */
export const limitShared = (weight: number, code: IngestErrorCode, at: Segment): void => {
  if (weight > mostShared) throw new IngestError(code, placeOf(at))
}
