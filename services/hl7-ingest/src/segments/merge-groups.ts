import { IngestError } from '../errors.ts'
import { type Hl7Message, placeOf, type Segment } from '../parse.ts'

/** One merge: the survivor's PID and PD1, and the MRG that names who is merged into them. */
export type MergeGroup = { pid: Segment; pd1: Segment | null; mrg: Segment[] }

/**
 * Cuts a merge message into its groups, each begun by a PID.
 *
 * @throws IngestError MISSING_FIELD at PID or MRG
 * @see HL7 v2.5.1 chapter 3.3.40, ADT_A39
 */
export const mergeGroups = (message: Hl7Message): MergeGroup[] => {
  const groups: MergeGroup[] = []
  for (const segment of message.segments) {
    const group = groups.at(-1)
    if (segment.name === 'PID') groups.push({ pid: segment, pd1: null, mrg: [] })
    if (segment.name === 'PD1' && group !== undefined) group.pd1 ??= segment
    if (segment.name !== 'MRG') continue
    if (group === undefined) throw new IngestError('MISSING_FIELD', 'PID')
    group.mrg.push(segment)
  }
  if (groups.length === 0) throw new IngestError('MISSING_FIELD', 'PID')
  const alone = groups.find((group) => group.mrg.length === 0)
  if (alone !== undefined) throw new IngestError('MISSING_FIELD', alone.pid.nth === 1 ? 'MRG' : placeOf({ ...alone.pid, name: 'MRG' }))
  return groups
}
