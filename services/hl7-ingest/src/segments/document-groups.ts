import { IngestError } from '../errors.ts'
import type { Hl7Message, Segment } from '../parse.ts'
import type { ObservationSegments } from './result-groups.ts'

/** A document message: the order it is about, TXA with its notes, and its content. */
export type DocumentSegments = { orc: Segment | null; obr: Segment | null; txa: Segment; notes: Segment[]; observations: ObservationSegments[] }

/**
 * Cuts a document message (MDM). Every OBX is content, and an NTE belongs to the TXA or OBX before it. Notes of the order belong to the order.
 *
 * @throws IngestError MISSING_FIELD at TXA
 * @see HL7 v2.5.1 chapter 9.5
 */
export const documentSegments = ({ segments }: Hl7Message): DocumentSegments => {
  const first = (name: string) => segments.find((segment) => segment.name === name) ?? null
  const txa = first('TXA')
  if (txa === null) throw new IngestError('MISSING_FIELD', 'TXA')
  const document: DocumentSegments = { orc: first('ORC'), obr: first('OBR'), txa, notes: [], observations: [] }
  let notes: Segment[] | null = null
  for (const segment of segments) {
    if (segment.name === 'NTE') notes?.push(segment)
    else if (segment === txa) notes = document.notes
    else if (segment.name === 'OBX') {
      notes = []
      document.observations.push({ obx: segment, notes, participants: [] })
    } else notes = null
  }
  return document
}
