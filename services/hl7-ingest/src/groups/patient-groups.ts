import { IngestError } from '../errors.ts'
import type { Hl7Message, Segment } from '@tideway/hl7v2/lexer/message'
import { limitShared, weightOf } from './shared-segments.ts'

/**
 * Splits a message at every segment of a name; each part is a separate message. Fields used in a
 * part count as used in the whole.
 *
 * @param header  segments at the start of each part
 * @throws IngestError INVALID_FIELD at the part where header times parts exceeds the limit
 */
export const cutAt = (
  message: Hl7Message,
  name: string,
  header: readonly Segment[],
): Hl7Message[] => {
  const weight = weightOf(header)
  const groups: Hl7Message[] = []
  const add = (group: Hl7Message, segment: Segment) =>
    group.segments.push({ ...segment, message: group })
  for (const segment of message.segments) {
    if (segment.name === name) {
      if (groups.length > 0) limitShared(groups.length * weight, 'INVALID_FIELD', segment)
      const group: Hl7Message = { ...message, segments: [] }
      for (const one of header) add(group, one)
      groups.push(group)
    }
    const last = groups.at(-1)
    if (last !== undefined && !header.includes(segment)) add(last, segment)
  }
  return groups
}

/** Segments about the message rather than a patient. */
const ofMessage = new Set(['MSH', 'SFT', 'UAC', 'EVN'])

/**
 * Splits a message that is about several patients by definition (A17, A24, A37, merges) into one
 * per PID. Segments before the first belong to none.
 *
 * @throws IngestError MISSING_FIELD at the first missing PID
 */
export const requiredGroups = (message: Hl7Message, least: number): Hl7Message[] => {
  const groups = cutAt(
    message,
    'PID',
    message.segments.filter(({ name }) => ofMessage.has(name)),
  )
  if (groups.length < least)
    throw new IngestError(
      'MISSING_FIELD',
      groups.length === 0 ? 'PID' : `PID[${groups.length + 1}]`,
    )
  return groups
}
