import { componentsOf, decoded, type Hl7Message, type Segment } from '../parse.ts'

export type ObservationSegments = { obx: Segment; notes: Segment[]; participants: Segment[] }

/** Notes, participants and observations below one segment. */
export type ObservationsBelow = { notes: Segment[]; participants: Segment[]; observations: ObservationSegments[] }

/** One order with its results: ORC, OBR, SPM, OBX, and the notes (NTE) and participants (PRT) below each; `about` is what else is said of the order (TQ1, IPC, ZDS, SAC, CTD). */
export type ResultGroup = { orc: Segment | null; obr: Segment; specimens: Segment[]; about: Segment[]; notes: Segment[]; participants: Segment[]; observations: ObservationSegments[]; documents: ResultDocument[] }

/** A document that came with an order: TXA with its notes and participants, and the OBX right before it, which is its content. HL7 v2.8 chapter 7.3, ORDER_DOCUMENT. */
export type ResultDocument = ObservationsBelow & { txa: Segment }

const about = new Set(['TQ1', 'IPC', 'ZDS', 'SAC', 'CTD'])

/**
 * Cuts a result message into its orders. An ORC belongs to the OBR right after it; an OBX or NTE to the OBR or OBX before it.
 * What stands before the first OBR, or below a segment we do not read, belongs to none and ends up unused.
 *
 * @see HL7 v2.5.1 chapter 7.3.1, ORU_R01
 */
export const resultGroups = (message: Hl7Message): ResultGroup[] => cut(message, null)

/**
 * The same of a message about specimens: each OBR belongs to the specimen and container before it, where they come before their orders
 * (R21 to R23), what was observed of the specimen to the first of its orders, and an ORC follows its OBR.
 *
 * @see HL7 v2.5.1 chapter 7.3.6 to 7.3.9, OUL_R21 to OUL_R24
 */
export const specimenGroups = (message: Hl7Message): ResultGroup[] => {
  const first = message.segments.find(({ name }) => name === 'SPM' || name === 'SAC' || name === 'OBR')
  return cut(message, first === undefined || first.name === 'OBR' ? 'after the order' : 'before the order')
}

type Layout = 'before the order' | 'after the order' | null

/** What has been read so far. `above`: specimens and containers that the next orders belong to, `observed`: what was observed of them; `named`: notes, participants and documents of the ORC before the next order; `waits`: an ORC may yet follow its OBR. */
type Reading = { groups: ResultGroup[]; current: ResultGroup | null; orc: Segment | null; last: Below | null; above: Segment[]; observed: ObservationSegments[]; named: Named; waits: boolean }

/** What notes and participants right after a segment belong to. */
type Below = Pick<ObservationSegments, 'notes' | 'participants'>

type Named = Below & Pick<ResultGroup, 'documents'>

const nobody = (): Named => ({ notes: [], participants: [], documents: [] })

/** @param specimens  where a message about specimens has them; null where it is about orders */
const cut = ({ segments }: Hl7Message, specimens: Layout): ResultGroup[] => {
  const reading: Reading = { groups: [], current: null, orc: null, last: null, above: [], observed: [], named: nobody(), waits: false }
  segments.forEach((segment, index) => {
    if (segment.name === 'NTE') reading.last?.notes.push(segment)
    else if (segment.name === 'PRT') reading.last?.participants.push(segment)
    else reading.last = take(reading, segment, segments[index + 1]?.name, specimens)
  })
  return reading.groups
}

/** @returns what notes and participants right after it belong to; null if to nothing */
const take = (reading: Reading, segment: Segment, next: string | undefined, specimens: Layout): Below | null => {
  switch (segment.name) {
    case 'OBR':
      return beginOrder(reading, segment)
    case 'OBX': {
      const observation: ObservationSegments = { obx: segment, notes: [], participants: [] }
      if (reading.current !== null) reading.current.observations.push(observation)
      else if (reading.above.length > 0 || reading.orc !== null) reading.observed.push(observation)
      reading.waits = false
      return observation
    }
    case 'ORC':
      return takeControl(reading, segment, specimens !== null && next !== 'OBR')
    case 'TXA':
      return takeDocument(reading, segment, specimens)
    default:
      takeThing(reading, segment, specimens)
      return null
  }
}

/** Notes and participants of an ORC are the order's. */
const takeControl = (reading: Reading, orc: Segment, mayFollow: boolean): Below => {
  const { current, waits } = reading
  reading.waits = false
  if (mayFollow && waits && current !== null) {
    current.orc = orc
    return current
  }
  reading.orc = orc
  reading.named = nobody()
  return reading.named
}

const beginOrder = (reading: Reading, obr: Segment): Below => {
  const isSpecimen = ({ name }: Segment) => name === 'SPM'
  const { orc, above } = reading
  const group = { orc, obr, specimens: above.filter(isSpecimen), about: above.filter((one) => !isSpecimen(one)), ...reading.named, observations: reading.observed }
  reading.groups.push(group)
  reading.current = group
  reading.observed = []
  reading.waits = orc === null
  reading.named = nobody()
  reading.orc = null
  return group
}

/**
 * One without a number (TXA-12) is not told from others: it stays unused, and its content an observation of the order. Between ORC and OBR it is of
 * the order to come. An OBX that is not right before it is a result, and stays one.
 */
const takeDocument = ({ current, observed, named, orc, last }: Reading, txa: Segment, specimens: Layout): Below | null => {
  const order = orc !== null && specimens === null ? named : current
  if (order === null || entityNumber(txa) === null) return null
  const before = current?.observations ?? observed
  const hasContent = last !== null && before.at(-1) === last
  const document = { txa, notes: [], participants: [], observations: hasContent ? before.splice(-1) : [] }
  order.documents.push(document)
  return document
}

const entityNumber = ({ message, fields }: Segment): string | null => decoded(message, componentsOf(message, fields[12] ?? '')[0])

/** A specimen or container before the orders ends those of the one before it; a further container is of the same specimen. */
const takeThing = (reading: Reading, segment: Segment, specimens: Layout): void => {
  const { name } = segment
  if (specimens === 'before the order' && (name === 'SPM' || (name === 'SAC' && reading.current !== null))) {
    reading.above = name === 'SPM' ? [segment] : [...reading.above.filter((one) => one.name === 'SPM'), segment]
    if (name === 'SPM') reading.observed = []
    reading.current = null
  } else if (name === 'SPM') reading.current?.specimens.push(segment)
  else if (about.has(name)) (reading.current?.about ?? reading.above).push(segment)
}
