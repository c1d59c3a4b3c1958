import type { Hl7Message, Segment } from '../parse.ts'
import type { ObservationSegments } from './result-groups.ts'

/** One RXA with its ORC, routes, observations and the notes of the group. */
export type ImmunizationSegments = { orc: Segment | null; rxa: Segment; routes: Segment[]; notes: Segment[]; observations: ObservationSegments[] }

/** Segments between an observation and its note, HL7 v2.8 on. */
const transparent = new Set(['PRT'])

/**
 * Cuts an immunisation message (VXU) into its doses. An ORC belongs to the RXA after it; what stands before the first belongs to none and ends up unused.
 *
 * @see HL7 v2.5.1 chapter 4.17
 */
export const immunizationGroups = ({ segments }: Hl7Message): ImmunizationSegments[] => {
  const groups: ImmunizationSegments[] = []
  let orc: Segment | null = null
  let group: ImmunizationSegments | null = null
  let notes: Segment[] | null = null
  for (const segment of segments) {
    const { name } = segment
    if (name === 'ORC') {
      orc = segment
      group = null
      notes = null
    } else if (name === 'RXA') {
      group = { orc, rxa: segment, routes: [], notes: [], observations: [] }
      groups.push(group)
      orc = null
      notes = group.notes
    } else if (name === 'RXR') {
      group?.routes.push(segment)
      notes = group?.notes ?? null
    } else if (name === 'OBX') {
      notes = []
      group?.observations.push({ obx: segment, notes, participants: [] })
    } else if (name === 'NTE') notes?.push(segment)
    else if (!transparent.has(name)) notes = null
  }
  return groups
}
