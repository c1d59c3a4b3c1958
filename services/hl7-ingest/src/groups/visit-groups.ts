import type { Hl7Message, Segment } from '@tideway/hl7v2/lexer/message'
import { limitShared, weightOf } from './shared-segments.ts'

/** Segments about the message or the patient, which every visit of it shares. */
const shared = new Set(['MSH', 'SFT', 'UAC', 'EVN', 'PID'])

/**
 * Splits a message with several visits (BAR) into one per PV1: what follows belongs to the visit
 * above it. What comes before the first PV1 belongs to the first.
 *
 * @throws IngestError INVALID_FIELD at the PV1 where shared segments times visits exceed the limit
 * @see HL7 v2.5.1 chapter 6.4.1, BAR_P01: { PV1 ... }
 */
export const visitGroups = (message: Hl7Message): Hl7Message[] => {
  if (message.segments.filter(({ name }) => name === 'PV1').length < 2) return [message]
  const header = message.segments.filter(({ name }) => shared.has(name))
  const weight = weightOf(header)
  const groups: Hl7Message[] = []
  let hasVisit = false
  const begin = (at: Segment, segments: readonly Segment[]) => {
    limitShared(groups.length * weight, 'INVALID_FIELD', at)
    const group: Hl7Message = { ...message, segments: [] }
    for (const segment of segments) group.segments.push({ ...segment, message: group })
    groups.push(group)
    return group
  }
  let group: Hl7Message | null = null
  for (const segment of message.segments) {
    if (group === null) group = begin(segment, [])
    else if (segment.name === 'PV1' && hasVisit) group = begin(segment, header)
    if (segment.name === 'PV1') hasVisit = true
    group.segments.push({ ...segment, message: group })
  }
  return groups
}
