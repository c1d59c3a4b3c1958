import { IngestError } from '../errors.ts'
import type { Hl7Message, Segment } from '@tideway/hl7v2/lexer/message'
import type { AnnotatedObservations } from './result-groups.ts'

/** A document message: its order, TXA with notes, participants and consents, and content. */
export type DocumentSegments = AnnotatedObservations & {
  orc: Segment | null
  obr: Segment | null
  txa: Segment
  consents: Segment[]
}

type Below = Pick<AnnotatedObservations, 'notes' | 'participants'>

/**
 * Splits a document message (MDM). Every OBX is content, an NTE or PRT belongs to the TXA or OBX
 * before it, and every CON to the document. Notes of the order belong to the order.
 *
 * @throws IngestError MISSING_FIELD at TXA
 * @see HL7 v2.5.1 chapter 9.5; v2.6 chapter 9.6.1 for CON
 */
export const documentSegments = ({ segments }: Hl7Message): DocumentSegments => {
  const first = (name: string) => segments.find((segment) => segment.name === name) ?? null
  const txa = first('TXA')
  if (txa === null) throw new IngestError('MISSING_FIELD', 'TXA')
  const document: DocumentSegments = {
    orc: first('ORC'),
    obr: first('OBR'),
    txa,
    notes: [],
    participants: [],
    consents: segments.filter(({ name }) => name === 'CON'),
    observations: [],
  }
  let last: Below | null = null
  for (const segment of segments) {
    if (segment.name === 'NTE') last?.notes.push(segment)
    else if (segment.name === 'PRT') last?.participants.push(segment)
    else if (segment === txa) last = document
    else if (segment.name === 'OBX') {
      const observation = { obx: segment, notes: [], participants: [] }
      document.observations.push(observation)
      last = observation
    } else last = null
  }
  return document
}
