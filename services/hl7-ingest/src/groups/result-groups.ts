import { componentsOf, decoded } from '@tideway/hl7v2/lexer/fields'
import type { Hl7Message, Segment } from '@tideway/hl7v2/lexer/message'

export type ObservationSegments = { obx: Segment; notes: Segment[]; participants: Segment[] }

/** Notes, participants and observations below one segment. */
export type AnnotatedObservations = {
  notes: Segment[]
  participants: Segment[]
  observations: ObservationSegments[]
}

/**
 * One order with its results: ORC, OBR, SPM, OBX, and the notes (NTE) and participants (PRT) below
 * each; `about` is what else is said of the order (TQ1, IPC, ZDS, SAC, CTD).
 */
export type ResultGroup = {
  orc: Segment | null
  obr: Segment
  specimens: Segment[]
  about: Segment[]
  notes: Segment[]
  participants: Segment[]
  observations: ObservationSegments[]
  documents: ResultDocument[]
}

/**
 * A document that came with an order: TXA with its notes and participants, and the OBX right before
 * it, which is its content. HL7 v2.8 chapter 7.3, ORDER_DOCUMENT.
 */
export type ResultDocument = AnnotatedObservations & { txa: Segment }

const about = new Set(['TQ1', 'IPC', 'ZDS', 'SAC', 'CTD'])

/**
 * Cuts a result message into its orders. An ORC belongs to the OBR right after it, and so does what
 * stands between the two; an OBX or NTE to the OBR or OBX before it. What stands before the first
 * OBR without an ORC is of that order only where the message has no other: no structure has it
 * there, and it may be of any. Below an ORC that no OBR follows, or below a segment we do not read,
 * it belongs to none. What belongs to none ends up unused.
 *
 * @see HL7 v2.5.1 chapter 7.3.1, ORU_R01
 */
export const resultGroups = (message: Hl7Message): ResultGroup[] => cut(message, null)

/**
 * The same of a message about specimens: each OBR belongs to the specimen and container before it,
 * where they come before their orders (R21 to R23), what was observed of the specimen to the first
 * of its orders, and an ORC follows its OBR.
 *
 * @see HL7 v2.5.1 chapter 7.3.6 to 7.3.9, OUL_R21 to OUL_R24
 */
export const specimenGroups = (message: Hl7Message): ResultGroup[] => {
  const first = message.segments.find(
    ({ name }) => name === 'SPM' || name === 'SAC' || name === 'OBR',
  )
  return cut(
    message,
    first === undefined || first.name === 'OBR' ? 'after the order' : 'before the order',
  )
}

type Layout = 'before the order' | 'after the order' | null

/**
 * What has been read so far. `above`: specimens and containers that the next orders belong to,
 * `observed`: what was observed of them; `loose`: what else is said of an order where there is
 * none; `orc`: one whose OBR is still to come, `named`: what stands below it; `waits`: the current
 * order has neither an ORC nor a result.
 */
type Reading = {
  groups: ResultGroup[]
  current: ResultGroup | null
  orc: Segment | null
  last: Below | null
  above: Segment[]
  observed: ObservationSegments[]
  loose: Segment[]
  named: Named
  waits: boolean
}

/** What notes and participants right after a segment belong to. */
type Below = Pick<ObservationSegments, 'notes' | 'participants'>

type Named = Omit<ResultGroup, 'orc' | 'obr'>

const nobody = (): Named => ({
  specimens: [],
  about: [],
  notes: [],
  participants: [],
  observations: [],
  documents: [],
})

/** @param specimens  where a message about specimens has them; null where it is about orders */
const cut = ({ segments }: Hl7Message, specimens: Layout): ResultGroup[] => {
  const reading: Reading = {
    groups: [],
    current: null,
    orc: null,
    last: null,
    above: [],
    observed: [],
    loose: [],
    named: nobody(),
    waits: false,
  }
  segments.forEach((segment, index) => {
    if (segment.name === 'NTE') reading.last?.notes.push(segment)
    else if (segment.name === 'PRT') reading.last?.participants.push(segment)
    else reading.last = take(reading, segment, segments[index + 1]?.name, specimens)
  })
  settleControl(reading)
  const [only, ...others] = reading.groups
  if (only !== undefined && others.length === 0) only.about.push(...reading.loose)
  return reading.groups
}

/** @returns what notes and participants right after it belong to; null if to nothing */
const take = (
  reading: Reading,
  segment: Segment,
  next: string | undefined,
  specimens: Layout,
): Below | null => {
  switch (segment.name) {
    case 'OBR':
      return beginOrder(reading, segment)
    case 'OBX':
      return takeObservation(reading, segment)
    case 'ORC':
      return takeControl(reading, segment, specimens !== null && next !== 'OBR')
    case 'TXA':
      return takeDocument(reading, segment)
    default:
      takeThing(reading, segment, specimens)
      return null
  }
}

/** The order that what stands here is of: below an ORC the one to come. */
const orderHere = ({ orc, named, current }: Reading): Named | null =>
  orc === null ? current : named

/**
 * No structure has a result between an ORC and its OBR, only the content of a document (v2.8
 * chapter 7.3.1). One that stands there is told with the order whose number is right above it: the
 * order before has ended, and under its name a value would be read as of another test.
 */
const takeObservation = (reading: Reading, obx: Segment): Below => {
  const observation: ObservationSegments = { obx, notes: [], participants: [] }
  const order = orderHere(reading)
  if (order !== null) order.observations.push(observation)
  else if (reading.above.length > 0) reading.observed.push(observation)
  if (reading.orc === null) reading.waits = false
  return observation
}

/** Notes and participants of an ORC are the order's. */
const takeControl = (reading: Reading, orc: Segment, mayFollow: boolean): Below => {
  settleControl(reading)
  const { current, waits } = reading
  if (mayFollow && waits && current !== null) {
    current.orc = orc
    reading.waits = false
    return current
  }
  reading.orc = orc
  reading.named = nobody()
  return reading.named
}

/**
 * An ORC with results below it, right after an order without either, is of that order: its sender
 * writes ORC after OBR, as messages about specimens have it.
 */
const settleControl = (reading: Reading): void => {
  const { current, orc, named, waits } = reading
  if (current === null || !waits || named.observations.length === 0) return
  current.orc = orc
  for (const place of Object.keys(named) as (keyof Named)[])
    (current[place] as unknown[]).push(...named[place])
  reading.orc = null
  reading.named = nobody()
  reading.waits = false
}

const beginOrder = (reading: Reading, obr: Segment): Below => {
  settleControl(reading)
  const isSpecimen = ({ name }: Segment) => name === 'SPM'
  const { orc, above, named, observed } = reading
  const group: ResultGroup = {
    ...named,
    orc,
    obr,
    specimens: [...above.filter(isSpecimen), ...named.specimens],
    about: [...above.filter((one) => !isSpecimen(one)), ...named.about],
    observations: [...observed, ...named.observations],
  }
  reading.groups.push(group)
  reading.current = group
  reading.observed = []
  reading.waits = orc === null
  reading.named = nobody()
  reading.orc = null
  return group
}

/**
 * One without a number (TXA-12) is not told from others: it stays unused, and its content an
 * observation of the order. An OBX that is not right before it is a result, and stays one.
 */
const takeDocument = (reading: Reading, txa: Segment): Below | null => {
  const order = orderHere(reading)
  if (order === null || entityNumber(txa) === null) return null
  const hasContent = reading.last !== null && order.observations.at(-1) === reading.last
  const document = {
    txa,
    notes: [],
    participants: [],
    observations: hasContent ? order.observations.splice(-1) : [],
  }
  order.documents.push(document)
  return document
}

const entityNumber = ({ message, fields }: Segment): string | null =>
  decoded(message, componentsOf(message, fields[12] ?? '')[0])

/**
 * A specimen or container before the orders ends those of the one before it; a further container is
 * of the same specimen.
 */
const takeThing = (reading: Reading, segment: Segment, specimens: Layout): void => {
  const { name } = segment
  const isLeading = specimens === 'before the order' && (name === 'SPM' || name === 'SAC')
  if (isLeading && name === 'SPM') {
    reading.above = [segment]
    reading.observed = []
    reading.current = null
  } else if (isLeading && reading.current !== null) {
    reading.above = [...reading.above.filter((one) => one.name === 'SPM'), segment]
    reading.current = null
  } else if (name === 'SPM') orderHere(reading)?.specimens.push(segment)
  else if (about.has(name))
    (isLeading ? reading.above : (orderHere(reading)?.about ?? reading.loose)).push(segment)
}
