import { IngestError } from '../errors.ts'
import type { Hl7Message, Segment } from '@tideway/hl7v2/lexer/message'
import { limitShared, weightOf } from './shared-segments.ts'

/**
 * A message cut at every segment of a name, each piece a message that can be read as any other.
 * What is used of a piece counts as used of the whole.
 *
 * @param header  segments that each piece begins with
 * @throws IngestError INVALID_FIELD at the piece where very many would begin with very much
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
 * A message about several patients on purpose (A17, A24, A37, merges), cut into one a PID. What
 * stands before the first belongs to none.
 *
 * @throws IngestError MISSING_FIELD at the first PID that is not there
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
