import { type IngestErrorCode, IngestError } from '../errors.ts'
import { placeOf, type Segment } from '@tideway/hl7v2/lexer/message'

/** Weight of what is told again: as of a hundred patients with a hundred resources. */
const mostShared = 10_000
/** Characters that weigh as much as a segment. */
const weightUnit = 100

/**
 * How much it is to tell segments once more: each counts, and so do long ones, whose repetitions
 * are told one by one. What an OBX holds is told once, whatever refers to it.
 */
export const weightOf = (segments: readonly Segment[]): number => {
  let weight = segments.length
  for (const { name, fields } of segments)
    if (name !== 'OBX') for (const field of fields) weight += field.length / weightUnit
  return weight
}

/**
 * A segment that stands for several orders or patients is told with each: a small message of many
 * of both would grow to more than memory holds.
 *
 * @param weight  of all that is told again
 * @param code    why the message waits
 * @throws IngestError `code` at the segment where it becomes too much
 */
export const limitShared = (weight: number, code: IngestErrorCode, at: Segment): void => {
  if (weight > mostShared) throw new IngestError(code, placeOf(at))
}
