import type { Hl7Message, Segment } from '@tideway/hl7v2/lexer/message'
import type { ObservationSegments } from './result-groups.ts'

/** One RXA with its ORC, routes, timings, participants, observations and the notes of the group. */
export type ImmunizationSegments = {
  orc: Segment | null
  rxa: Segment
  routes: Segment[]
  timings: Segment[]
  participants: Segment[]
  notes: Segment[]
  observations: ObservationSegments[]
}

/**
 * `order`: segments between an ORC and its RXA; `notes` and `participants`: where the next one
 * goes, null if nowhere.
 */
type Cursor = {
  groups: ImmunizationSegments[]
  order: Order
  group: ImmunizationSegments | null
  notes: Segment[] | null
  participants: Segment[] | null
}
type Order = Pick<ImmunizationSegments, 'orc' | 'timings' | 'participants'>

const orderOf = (orc: Segment | null): Order => ({ orc, timings: [], participants: [] })

const takers: ReadonlyMap<string, (at: Cursor, segment: Segment) => void> = new Map([
  [
    'ORC',
    (at, orc) => {
      at.order = orderOf(orc)
      at.group = null
      at.notes = null
      at.participants = at.order.participants
    },
  ],
  [
    'RXA',
    (at, rxa) => {
      at.group = { ...at.order, rxa, routes: [], notes: [], observations: [] }
      at.groups.push(at.group)
      at.order = orderOf(null)
      at.notes = at.group.notes
      at.participants = at.group.participants
    },
  ],
  [
    'RXR',
    (at, rxr) => {
      at.group?.routes.push(rxr)
      at.notes = at.group?.notes ?? null
    },
  ],
  [
    'OBX',
    (at, obx) => {
      const observation: ObservationSegments = { obx, notes: [], participants: [] }
      at.group?.observations.push(observation)
      at.notes = observation.notes
      at.participants = observation.participants
    },
  ],
  [
    'TQ1',
    (at, tq1) => {
      // Below a dose it belongs neither to that dose nor to the next.
      if (at.group === null) at.order.timings.push(tq1)
    },
  ],
  ['NTE', (at, nte) => void at.notes?.push(nte)],
  ['PRT', (at, prt) => void at.participants?.push(prt)],
])

/**
 * Splits an immunisation message (VXU) into its doses. An ORC belongs to the RXA after it; segments
 * before the first belong to no dose and are left unused.
 *
 * @see HL7 v2.7.1 chapter 4A.7.1, VXU_V04
 */
export const immunizationGroups = ({ segments }: Hl7Message): ImmunizationSegments[] => {
  const at: Cursor = {
    groups: [],
    order: orderOf(null),
    group: null,
    notes: null,
    participants: null,
  }
  for (const segment of segments) {
    const take = takers.get(segment.name)
    if (take !== undefined) take(at, segment)
    else {
      at.notes = null
      at.participants = null
    }
  }
  return at.groups
}
