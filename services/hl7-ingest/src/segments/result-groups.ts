import type { Hl7Message, Segment } from '../parse.ts'

export type ObservationSegments = { obx: Segment; notes: Segment[] }

/** One order with its results: ORC, OBR, SPM, OBX and the notes below each. */
export type ResultGroup = { orc: Segment | null; obr: Segment; specimens: Segment[]; notes: Segment[]; observations: ObservationSegments[] }

/**
 * Cuts a result message into its orders. An ORC belongs to the OBR right after it; an OBX or NTE to the OBR or OBX before it.
 * What stands before the first OBR, or below a segment we do not read, belongs to none and ends up unused.
 *
 * @see HL7 v2.5.1 chapter 7.3.1, ORU_R01
 */
export const resultGroups = (message: Hl7Message): ResultGroup[] => {
  const groups: ResultGroup[] = []
  let orc: Segment | null = null
  let notes: Segment[] | null = null
  for (const segment of message.segments) {
    const group = groups.at(-1)
    switch (segment.name) {
      case 'ORC':
        orc = segment
        notes = null
        break
      case 'OBR': {
        const opened: ResultGroup = { orc, obr: segment, specimens: [], notes: [], observations: [] }
        groups.push(opened)
        orc = null
        notes = opened.notes
        break
      }
      case 'OBX': {
        const observation: ObservationSegments = { obx: segment, notes: [] }
        group?.observations.push(observation)
        notes = observation.notes
        break
      }
      case 'SPM':
        group?.specimens.push(segment)
        notes = null
        break
      case 'NTE':
        notes?.push(segment)
        break
      default:
        notes = null
    }
  }
  return groups
}
