import { type Hl7Message, placeOf, type Segment } from '@tideway/hl7v2/lexer/message'
import type { Hl7DraftEvent } from './mapping.ts'

/** The events that say the same of each patient it is about. */
export type Owners = readonly Hl7DraftEvent[]

/** Segments that say more about what a segment before them began. */
const below: ReadonlySet<string> = new Set(
  (
    'OBX NTE PRT TQ1 TQ2 RXR RXC CDO SAC CTD TCD IPC ZDS CON ARQ APR PV2 DB1 PDA ACC RF1 CTI ' +
    'VAR RQ1 BTX'
  ).split(' '),
)

/** Services and resources of an appointment, which stand below the patients. */
const scheduled: ReadonlySet<string> = new Set(['RGS', 'AIS', 'AIG', 'AIL', 'AIP'])

/** Segments of an order that may come before the one its event is made of. */
const leading: ReadonlySet<string> = new Set(['ORC', 'OBR', 'SPM', 'SCH'])

/** Segments that continue an order which an ORC began. */
const ofOrder: ReadonlySet<string> = new Set(
  'OBR RXO RXE RXD RXG RXA TXA RQD ODS ODT BPO BPX'.split(' '),
)

/**
 * Where a walk through the segments is. `group`: the events of the order, report, visit or
 * statement here; null if there are none. `begun`: the segment that began it.
 */
type Walk = { patient: Owners; group: Owners | null; appointment: Owners | null; begun: string }

/** The events by place: of several of one place those of the first type, one a patient. */
const eventsByPlace = (drafts: readonly Hl7DraftEvent[]): ReadonlyMap<string, Owners> => {
  const byPlace = new Map<string, Hl7DraftEvent[]>()
  for (const draft of drafts) {
    const known = byPlace.get(draft.place)
    if (known === undefined) byPlace.set(draft.place, [draft])
    else if (
      known[0]?.body.type === draft.body.type &&
      known.every(({ patientKey }) => patientKey !== draft.patientKey)
    )
      known.push(draft)
  }
  return byPlace
}

/** What is said of the patient himself; of several patients the first. */
const ofPatient = (drafts: readonly Hl7DraftEvent[]): Owners => [
  drafts.find(({ body }) => body.type === 'PatientDetailsReported') ?? (drafts[0] as Hl7DraftEvent),
]

/** A specimen that comes before its orders begins something; else it belongs to the order above. */
const specimensFirst = ({ segments }: Hl7Message): boolean =>
  segments.findIndex(({ name }) => name === 'SPM') <
  segments.findIndex(({ name }) => name === 'OBR')

/** The events of the patient that a PID is about. */
export const ownersOfPid = (pid: Segment, drafts: readonly Hl7DraftEvent[]): Owners => {
  const place = placeOf(pid)
  const own = drafts.find((draft) => draft.place === place)
  return own === undefined ? ofPatient(drafts) : [own]
}

/**
 * The events that speak of what each segment is part of, by its `base`: of the report, order, visit
 * or statement whose segments it is among, else of the patient above it. A segment that should have
 * begun something and gave no event is of the patient, as is all below it: never of what is before.
 *
 * @param drafts  at least one
 */
export const ownersOf = (
  message: Hl7Message,
  drafts: readonly Hl7DraftEvent[],
): ReadonlyMap<number, Owners> => {
  const byPlace = eventsByPlace(drafts)
  const names = new Set(drafts.map(({ place }) => place.slice(0, 3)))
  const isBelow = specimensFirst(message)
    ? (name: string) => below.has(name)
    : (name: string) => below.has(name) || name === 'SPM'
  const found = new Map<number, Owners>()
  const walk: Walk = { patient: ofPatient(drafts), group: null, appointment: null, begun: '' }
  message.segments.forEach((segment, at) => {
    const own = names.has(segment.name) ? (byPlace.get(placeOf(segment)) ?? null) : null
    if (scheduled.has(segment.name)) walk.group = walk.appointment
    else if (!isBelow(segment.name)) {
      walk.group = begin(walk, segment, own, () => ahead(message.segments, at, byPlace))
      walk.begun = segment.name
    }
    found.set(segment.base, own ?? walk.group ?? walk.patient)
  })
  return found
}

/** The events of what a segment begins. */
const begin = (
  walk: Walk,
  { name }: Segment,
  own: Owners | null,
  lookAhead: () => Owners | null,
): Owners | null => {
  if (name === 'PID') {
    walk.patient = own ?? walk.patient
    return null
  }
  const continues = walk.begun === 'ORC' && ofOrder.has(name) ? walk.group : null
  const group = own ?? continues ?? (leading.has(name) ? lookAhead() : null)
  if (name === 'SCH') walk.appointment = group
  return group
}

/** The events of the order that a segment is the beginning of. */
const ahead = (
  segments: readonly Segment[],
  at: number,
  byPlace: ReadonlyMap<string, Owners>,
): Owners | null => {
  const { name } = segments[at] as Segment
  for (let next = at + 1; next < segments.length; next++) {
    const segment = segments[next] as Segment
    if (segment.name === name || segment.name === 'PID') return null
    if (ofOrder.has(segment.name)) return byPlace.get(placeOf(segment)) ?? null
  }
  return null
}
