import type { Hl7Message, Segment } from '../parse.ts'
import type { ObservationSegments } from './result-groups.ts'

/** A segment that says something of an order, with what stands below it up to the next such segment. */
export type OrderPart = {
  segment: Segment
  timings: Segment[]
  routes: Segment[]
  components: Segment[]
  notes: Segment[]
  diagnoses: Segment[]
  specimens: Segment[]
  imaging: Segment[]
  containers: Segment[]
  observations: ObservationSegments[]
}

/** Specimens that stand before the orders made of them, with their containers and what was observed of them. */
type Leading = { specimens: Segment[]; containers: Segment[]; observations: ObservationSegments[]; taken: boolean }

/** One order: its ORC and what follows up to the next. `visit` is the PV1 it stands under; `observations` those of its specimen that came before it. */
export type OrderGroup = { orc: OrderPart | null; details: OrderPart[]; visit: Segment | null; leading: Leading | null; observations: ObservationSegments[] }

type Cursor = { groups: OrderGroup[]; visit: Segment | null; leading: Leading | null; part: OrderPart | null; notes: Segment[] | null; specimenFirst: boolean }

const partOf = (segment: Segment): OrderPart => ({
  segment, timings: [], routes: [], components: [], notes: [], diagnoses: [], specimens: [], imaging: [], containers: [], observations: [],
})

const open = (at: Cursor, orc: OrderPart | null): OrderGroup => {
  const observations = at.leading === null || at.leading.taken ? [] : at.leading.observations
  const group = { orc, details: [], visit: at.visit, leading: at.leading, observations }
  if (at.leading !== null) at.leading.taken = true
  at.groups.push(group)
  return group
}

const order = (at: Cursor, segment: Segment): void => {
  at.part = partOf(segment)
  at.notes = at.part.notes
  open(at, at.part)
}

const detail = (at: Cursor, segment: Segment): void => {
  const group = at.groups.at(-1) ?? open(at, null)
  const isAnother = segment.name === 'OBR' && group.details.some((one) => one.segment.name === 'OBR')
  at.part = partOf(segment)
  at.notes = at.part.notes
  const own = isAnother ? open(at, group.orc) : group
  own.details.push(at.part)
}

const observation = (at: Cursor, segment: Segment): void => {
  const one: ObservationSegments = { obx: segment, notes: [], participants: [] }
  at.notes = one.notes
  const below = at.part ?? at.leading
  below?.observations.push(one)
}

const specimen = (at: Cursor, segment: Segment): void => {
  at.notes = null
  if (!at.specimenFirst) {
    at.part?.specimens.push(segment)
    return
  }
  if (at.leading === null || at.leading.taken) at.leading = { specimens: [], containers: [], observations: [], taken: false }
  at.leading.specimens.push(segment)
  at.part = null
}

const container = (at: Cursor, segment: Segment): void => {
  at.notes = null
  const below = at.part ?? at.leading
  below?.containers.push(segment)
}

type Place = 'timings' | 'routes' | 'components' | 'diagnoses' | 'imaging'
const below =
  (place: Place) =>
  (at: Cursor, segment: Segment): void => {
    at.part?.[place].push(segment)
    at.notes = null
  }

const visit = (at: Cursor, segment: Segment): void => {
  at.visit = segment
  at.notes = null
}

const takers: ReadonlyMap<string, (at: Cursor, segment: Segment) => void> = new Map([
  ['ORC', order],
  ...['OBR', 'RQD', 'ODS', 'RXO', 'RXE', 'RXD', 'RXG', 'RXA'].map((name) => [name, detail] as const),
  ['OBX', observation],
  ['SPM', specimen],
  ['SAC', container],
  ['TQ1', below('timings')],
  ['RXR', below('routes')],
  ['RXC', below('components')],
  ['DG1', below('diagnoses')],
  ['IPC', below('imaging')],
  ['ZDS', below('imaging')],
  ['PV1', visit],
  ['NTE', (at, segment) => void at.notes?.push(segment)],
  ['PRT', () => undefined], // may stand between an observation and its note, from 2.7 on
])

/**
 * Cuts an order message into its orders. An ORC begins one; a second OBR below the same ORC is another order under the same control. What belongs to
 * no order ends up unused.
 *
 * @param specimenFirst  SPM stands before the orders made of it (OML^O33, O35 and O39), not after
 * @see HL7 v2.5.1 chapters 4.4 and 4.13
 */
export const orderGroups = ({ segments }: Hl7Message, specimenFirst = false): OrderGroup[] => {
  const at: Cursor = { groups: [], visit: null, leading: null, part: null, notes: null, specimenFirst }
  for (const segment of segments) {
    const take = takers.get(segment.name)
    if (take === undefined) at.notes = null
    else take(at, segment)
  }
  return at.groups
}
