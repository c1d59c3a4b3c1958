import type { Hl7Message, Segment } from '@tideway/hl7v2/lexer/message'
import type { ObservationSegments } from './result-groups.ts'

/** Observations without an order (OBR), and the ORC above them if there is one. */
export type LooseResults = { orc: Segment | null; observations: ObservationSegments[] }

/** A message whose results are told apart from what else it is about. */
export type SeparateResults = {
  /** Orders with results: ORC, OBR and the segments below. */
  ordered: Segment[]
  loose: LooseResults[]
  /** All other segments. */
  beside: Segment[]
}

/** Segments of an order with results. */
const ofOrder = new Set(['OBR', 'TQ1', 'TQ2', 'OBX', 'NTE', 'PRT', 'SPM', 'SAC', 'IPC', 'ZDS'])

type Run = { orc: Segment | null; segments: Segment[] }

/**
 * The results of a message about something else: a referral (REF), a bill (DFT). An order begins at
 * an ORC or OBR and ends at a segment that belongs to none. An ORC without an OBR and observations
 * states nothing that can be shown.
 *
 * @see HL7 v2.5.1 chapters 11.5.1, REF_I12, and 6.4.3, DFT_P03
 */
export const separateResults = ({ segments }: Hl7Message): SeparateResults => {
  const found: SeparateResults = { ordered: [], loose: [], beside: [] }
  let run: Run | null = null
  for (const segment of segments) {
    const { name } = segment
    if (name === 'ORC') {
      settle(run, found)
      run = { orc: segment, segments: [] }
    } else if (run !== null && ofOrder.has(name)) run.segments.push(segment)
    else if (name === 'OBR' || name === 'OBX') run = { orc: null, segments: [segment] }
    else {
      settle(run, found)
      run = null
      found.beside.push(segment)
    }
  }
  settle(run, found)
  return found
}

const settle = (run: Run | null, { ordered, loose, beside }: SeparateResults): void => {
  if (run === null) return
  const { orc, segments } = run
  const first = segments.findIndex(({ name }) => name === 'OBR')
  if (first !== -1 && orc !== null) {
    ordered.push(orc, ...segments)
    return
  }
  if (first !== -1) ordered.push(...segments.slice(first))
  const { observations, others } = observationsIn(
    first === -1 ? segments : segments.slice(0, first),
  )
  if (observations.length > 0) loose.push({ orc, observations })
  else if (orc !== null) beside.push(orc)
  beside.push(...others)
}

const observationsIn = (segments: readonly Segment[]) => {
  const observations: ObservationSegments[] = []
  const others: Segment[] = []
  let last: ObservationSegments | null = null
  for (const segment of segments) {
    if (segment.name === 'OBX') {
      last = { obx: segment, notes: [], participants: [] }
      observations.push(last)
    } else if (segment.name === 'NTE' && last !== null) last.notes.push(segment)
    else if (segment.name === 'PRT' && last !== null) last.participants.push(segment)
    else others.push(segment)
  }
  return { observations, others }
}
