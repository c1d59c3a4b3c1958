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
 * each; `about` has the other segments of the order (TQ1, IPC, ZDS, SAC, CTD).
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
 * Splits a result message into its orders. An ORC and any segments after it belong to the next OBR;
 * an OBX or NTE belongs to the OBR or OBX before it. A segment before the first OBR without an ORC
 * belongs to that order only if the message has no other: no structure allows it there, so it could
 * belong to any. Segments below an ORC without an OBR, or below a segment we do not read, belong to
 * none and are left unused.
 *
 * @see HL7 v2.5.1 chapter 7.3.1, ORU_R01
 */
export const resultGroups = (message: Hl7Message): ResultGroup[] => cut(message, null)

/**
 * The same for a specimen message: each OBR belongs to the specimen and container before it, if
 * they come before their orders (R21 to R23). Observations of the specimen belong to the first of
 * its orders, and an ORC follows its OBR.
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
 * State of the scan. `above`: specimens and containers of the next orders, `observed`: their
 * observations; `loose`: other segments outside any order; `orc`: an ORC whose OBR is still to
 * come, `named`: the segments below it; `waits`: the current order has neither an ORC nor a result.
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

/** Where notes and participants right after a segment go. */
type Below = Pick<ObservationSegments, 'notes' | 'participants'>

type Named = Omit<ResultGroup, 'orc' | 'obr'>

const noSegments = (): Named => ({
  specimens: [],
  about: [],
  notes: [],
  participants: [],
  observations: [],
  documents: [],
})

/** @param specimens  where a specimen message has them; null for an order message */
const cut = ({ segments }: Hl7Message, specimens: Layout): ResultGroup[] => {
  const reading: Reading = {
    groups: [],
    current: null,
    orc: null,
    last: null,
    above: [],
    observed: [],
    loose: [],
    named: noSegments(),
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

/** @returns where notes and participants right after it go; null if nowhere */
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

/** The order that the current segment belongs to: below an ORC, the next one. */
const orderHere = ({ orc, named, current }: Reading): Named | null =>
  orc === null ? current : named

/**
 * No structure has a result between an ORC and its OBR, only the content of a document (v2.8
 * chapter 7.3.1). A result there is reported with the order whose number is right above it: the
 * previous order has ended, and under its name the value would be read as that of another test.
 */
const takeObservation = (reading: Reading, obx: Segment): Below => {
  const observation: ObservationSegments = { obx, notes: [], participants: [] }
  const order = orderHere(reading)
  if (order !== null) order.observations.push(observation)
  else if (reading.above.length > 0) reading.observed.push(observation)
  if (reading.orc === null) reading.waits = false
  return observation
}

/** Notes and participants of an ORC belong to its order. */
const takeControl = (reading: Reading, orc: Segment, mayFollow: boolean): Below => {
  settleControl(reading)
  const { current, waits } = reading
  if (mayFollow && waits && current !== null) {
    current.orc = orc
    reading.waits = false
    return current
  }
  reading.orc = orc
  reading.named = noSegments()
  return reading.named
}

/**
 * An ORC with results below it, right after an order that has neither, belongs to that order: its
 * sender puts ORC after OBR, as in specimen messages.
 */
const settleControl = (reading: Reading): void => {
  const { current, orc, named, waits } = reading
  if (current === null || !waits || named.observations.length === 0) return
  current.orc = orc
  for (const place of Object.keys(named) as (keyof Named)[])
    (current[place] as unknown[]).push(...named[place])
  reading.orc = null
  reading.named = noSegments()
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
  reading.named = noSegments()
  reading.orc = null
  return group
}

/**
 * A document without a number (TXA-12) cannot be identified: it is left unused, and its content
 * stays an observation of the order. An OBX that is not right before it is a result, and stays one.
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
 * A specimen or container before the orders replaces the previous one; a further container belongs
 * to the same specimen.
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
