import type { Hl7Message, Segment } from '@tideway/hl7v2/lexer/message'
import type { ObservationSegments } from './result-groups.ts'
import { limitShared, weightOf } from './shared-segments.ts'

/** A segment of an order, with the segments below it up to the next such segment. */
export type OrderPart = {
  segment: Segment
  timings: Segment[]
  routes: Segment[]
  components: Segment[]
  limits: Segment[]
  notes: Segment[]
  participants: Segment[]
  diagnoses: Segment[]
  specimens: Segment[]
  imaging: Segment[]
  contacts: Segment[]
  containers: Segment[]
  observations: ObservationSegments[]
}

/** Specimens before the orders made of them, with their containers and observations. */
type Leading = {
  specimens: Segment[]
  containers: Segment[]
  observations: ObservationSegments[]
  taken: boolean
}

/**
 * One order: its ORC and what follows up to the next. `visit` is the PV1 above it; `observations`
 * are those of its specimen sent before it.
 */
export type OrderGroup = {
  orc: OrderPart | null
  details: OrderPart[]
  visit: Segment | null
  leading: Leading | null
  observations: ObservationSegments[]
}

type Cursor = {
  groups: OrderGroup[]
  visit: Segment | null
  leading: Leading | null
  part: OrderPart | null
  notes: Segment[] | null
  participants: Segment[] | null
  specimenFirst: boolean
  shared: number
}

const partOf = (segment: Segment): OrderPart => ({
  segment,
  timings: [],
  routes: [],
  components: [],
  limits: [],
  notes: [],
  participants: [],
  diagnoses: [],
  specimens: [],
  imaging: [],
  contacts: [],
  containers: [],
  observations: [],
})

/** Counts segments repeated for a further order. */
const share = (at: Cursor, segments: readonly Segment[], where: Segment): void => {
  at.shared += weightOf(segments)
  limitShared(at.shared, 'INVALID_FIELD', where)
}

const ofPart = ({ segment, observations, ...below }: OrderPart): Segment[] => [
  segment,
  ...Object.values(below).flat(),
  ...observations.flatMap(({ obx, notes, participants }) => [obx, ...notes, ...participants]),
]

/** Every segment of an order but those of its specimen sent before it. */
export const segmentsOf = ({ orc, details }: OrderGroup): Segment[] =>
  [orc, ...details].flatMap((part) => (part === null ? [] : ofPart(part)))

const open = (at: Cursor, orc: OrderPart | null): OrderGroup => {
  const observations = at.leading === null || at.leading.taken ? [] : at.leading.observations
  const group = { orc, details: [], visit: at.visit, leading: at.leading, observations }
  if (at.leading?.taken)
    share(
      at,
      [...at.leading.specimens, ...at.leading.containers],
      at.leading.specimens[0] as Segment,
    )
  if (at.leading !== null) at.leading.taken = true
  at.groups.push(group)
  return group
}

/**
 * Notes and participants right after a segment belong to it; timings and routes may come between it
 * and its participants.
 */
const begin = (at: Cursor, segment: Segment): OrderPart => {
  const part = partOf(segment)
  at.part = part
  at.notes = part.notes
  at.participants = part.participants
  return part
}

const order = (at: Cursor, segment: Segment): void => {
  begin(at, segment)
  open(at, at.part)
}

const detail = (at: Cursor, segment: Segment): void => {
  const group = at.groups.at(-1) ?? open(at, null)
  const isAnother =
    segment.name === 'OBR' && group.details.some((one) => one.segment.name === 'OBR')
  if (isAnother && group.orc !== null) share(at, ofPart(group.orc), segment)
  const own = isAnother ? open(at, group.orc) : group
  own.details.push(begin(at, segment))
}

const observation = (at: Cursor, segment: Segment): void => {
  const one: ObservationSegments = { obx: segment, notes: [], participants: [] }
  at.notes = one.notes
  at.participants = one.participants
  const below = at.part ?? at.leading
  below?.observations.push(one)
}

const ofNobody = (at: Cursor): void => {
  at.notes = null
  at.participants = null
}

const specimen = (at: Cursor, segment: Segment): void => {
  ofNobody(at)
  if (!at.specimenFirst) {
    at.part?.specimens.push(segment)
    return
  }
  if (at.leading === null || at.leading.taken)
    at.leading = { specimens: [], containers: [], observations: [], taken: false }
  at.leading.specimens.push(segment)
  at.part = null
}

const container = (at: Cursor, segment: Segment): void => {
  ofNobody(at)
  const below = at.part ?? at.leading
  below?.containers.push(segment)
}

type Place = 'timings' | 'routes' | 'components' | 'limits' | 'diagnoses' | 'imaging' | 'contacts'
const below =
  (place: Place) =>
  (at: Cursor, segment: Segment): void => {
    at.part?.[place].push(segment)
    at.notes = null
  }

const visit = (at: Cursor, segment: Segment): void => {
  at.visit = segment
  ofNobody(at)
}

const takers: ReadonlyMap<string, (at: Cursor, segment: Segment) => void> = new Map([
  ['ORC', order],
  ...['OBR', 'RQD', 'ODS', 'RXO', 'RXE', 'RXD', 'RXG', 'RXA', 'BPO', 'BPX', 'BTX'].map(
    (name) => [name, detail] as const,
  ),
  ['OBX', observation],
  ['SPM', specimen],
  ['SAC', container],
  ['TQ1', below('timings')],
  ['RXR', below('routes')],
  ['RXC', below('components')],
  ['CDO', below('limits')],
  ['DG1', below('diagnoses')],
  ['IPC', below('imaging')],
  ['ZDS', below('imaging')],
  ['CTD', below('contacts')],
  ['PV1', visit],
  ['NTE', (at, segment) => void at.notes?.push(segment)],
  ['PRT', (at, segment) => void at.participants?.push(segment)], // may come between an observation and its note since 2.7
])

/**
 * Splits an order message into its orders. An ORC starts one; a second OBR below the same ORC is
 * another order with the same ORC. Segments of no order are left unused.
 *
 * @param specimenFirst  SPM comes before the orders made of it (OML^O33, O35 and O39), not after
 * @throws IngestError INVALID_FIELD at the OBR or SPM where shared segments times orders exceed
 *   the limit
 * @see HL7 v2.5.1 chapters 4.4 and 4.13
 */
export const orderGroups = ({ segments }: Hl7Message, specimenFirst = false): OrderGroup[] => {
  const at: Cursor = {
    groups: [],
    visit: null,
    leading: null,
    part: null,
    notes: null,
    participants: null,
    specimenFirst,
    shared: 0,
  }
  for (const segment of segments) {
    const take = takers.get(segment.name)
    if (take === undefined) ofNobody(at)
    else take(at, segment)
  }
  return at.groups
}
