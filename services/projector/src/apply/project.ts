import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientHead } from '@tideway/schemas/documents/head'
import type { HeldEvent, Projection } from '@tideway/schemas/documents/ledger'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import type { Arrival } from './arrival.ts'
import { type Course, type Folds, type Known, runCourse } from './apply-events.ts'
import { parentEntryIdIn, settleConfidentiality } from '@tideway/record/entries/confidentiality'
import { aloneIdsIn, entryIdIn } from '@tideway/record/entries/entry'
import { settleObservations } from '@tideway/record/entries/matching/match-observation'
import { orderEntryIds } from '@tideway/record/entries/matching/match-order'
import { newHead } from '@tideway/record/demographics/head'
import { type LineKind, withLines } from '@tideway/record/summary/head-lines'
import { same } from '@tideway/record/entries/is-same'

/** Ids of the documents a batch touches. */
export type Touched = {
  patients: string[]
  entries: string[]
  /** Entries of observations told of by themselves: reports may hold these. */
  alone: string[]
  projections: string[]
  released: string[]
}

export const projectionIdOf = (messageId: string, patient: string): string =>
  `${messageId}|${patient}`
const heldIdOf = (patient: string, offset: number): string =>
  `${patient}|${String(offset).padStart(20, '0')}`

const isRelease = ({ event }: Arrival): boolean => event?.body.type === 'HeldEventsReleased'

/** The entry an event speaks of, and those that may say more of the same. */
const entriesTouchedBy = (event: PatientEvent): Pick<Touched, 'entries' | 'alone'> => {
  const own = [entryIdIn(event), parentEntryIdIn(event)].filter((id) => id !== null)
  const [alone, held] = [[], []] as [string[], string[]]
  for (const id of aloneIdsIn(event)) (id === own[0] ? alone : held).push(id)
  return { entries: [...own, ...orderEntryIds(event), ...held], alone }
}

export const touchedBy = (arrivals: readonly Arrival[]): Touched => {
  const touched = {
    patients: new Set<string>(),
    entries: new Set<string>(),
    alone: new Set<string>(),
    projections: new Set<string>(),
    released: new Set<string>(),
  }
  for (const arrival of arrivals) {
    touched.patients.add(arrival.patient)
    if (isRelease(arrival)) touched.released.add(arrival.patient)
    else touched.projections.add(projectionIdOf(arrival.messageId, arrival.patient))
    if (arrival.event === null) continue
    const { entries, alone } = entriesTouchedBy(arrival.event)
    for (const id of entries) touched.entries.add(id)
    for (const id of alone) touched.alone.add(id)
  }
  return {
    patients: [...touched.patients],
    entries: [...touched.entries],
    alone: [...touched.alone],
    projections: [...touched.projections],
    released: [...touched.released],
  }
}

/** What is stored of everything a batch touches. */
export type Loaded = {
  heads: ReadonlyMap<string, PatientHead>
  entries: ReadonlyMap<string, Entry>
  /** Receive order by projection id. */
  applied: ReadonlyMap<string, number>
  /** By patient, oldest first; only of patients whose events the batch releases. */
  held: ReadonlyMap<string, readonly Arrival[]>
}

/**
 * What a batch makes of one patient. Documents are only there if they changed, with the version
 * they are to be saved as.
 */
export type Projected = {
  patient: string
  head: PatientHead
  headChanged: boolean
  entries: Entry[]
  /**
   * Entries of which no event here speaks and that change with another; see `withHeirs` and
   * `withSameAllergies`.
   */
  followers: Entry[]
  /** Kinds whose lines in the head have to be read anew once the entries are saved. */
  uncertain: LineKind[]
  projections: Projection[]
  hold: HeldEvent[]
  unhold: string[]
  /** Messages that had been applied before. */
  repeated: ReadonlySet<string>
  course: Course
}

const appliedTo = (
  patient: string,
  arrivals: readonly Arrival[],
  applied: Loaded['applied'],
): Map<string, number> => {
  const found = new Map<string, number>()
  for (const { messageId } of arrivals) {
    const received = applied.get(projectionIdOf(messageId, patient))
    if (received !== undefined) found.set(messageId, received)
  }
  return found
}

/** A message counts as applied once none of its events here waits. */
const projectionsOf = (
  patient: string,
  { applied, waiting }: Course,
  before: ReadonlyMap<string, number>,
  now: Date,
): Projection[] => {
  const waits = new Set(waiting.map(({ arrival }) => arrival.messageId))
  const fresh = applied.filter(
    ({ event }) => !before.has(event.messageId) && !waits.has(event.messageId),
  )
  const byMessage = new Map(fresh.map(({ event }) => [event.messageId, event.receivedAt]))
  return [...byMessage].map(([messageId, received]) => ({
    _id: projectionIdOf(messageId, patient),
    received,
    projectedAt: now,
  }))
}

const heldEventOf = (
  patient: string,
  partition: number,
  now: Date,
  { arrival, code, cause }: Course['waiting'][number],
): HeldEvent => ({
  _id: heldIdOf(patient, arrival.offset),
  patient,
  partition,
  offset: arrival.offset,
  record: arrival.record,
  message: arrival.messageId,
  source: arrival.source,
  problem: cause === null && arrival.event !== null ? null : { code, place: placeOf(arrival) },
  since: now,
})

export const placeOf = ({ event }: Arrival): string => event?.place ?? 'record'

export const projectPatient = (
  patient: string,
  partition: number,
  known: Known,
  arrivals: readonly Arrival[],
  use: Folds,
  now: Date,
): Projected => {
  const ran = runCourse({ ...newHead(patient), ...known.head }, known, arrivals, use, now)
  const told = new Set(ran.applied.flatMap(({ event }) => aloneIdsIn(event)))
  const entries = settleObservations(told, ran.entries, known.entries, known.holders)
  const course = { ...ran, entries: settleConfidentiality(patient, entries, known.entries) }
  const touched = [...course.entries.values()]
  const { head, uncertain } = withLines({ ...course.head, incomplete: course.holding }, touched)
  const changed = touched.filter((entry) => !same(entry, known.entries.get(entry._id), 'version'))
  const saysSomething =
    course.applied.length > 0 || course.waiting.length > 0 || known.head !== null
  return {
    patient,
    head: { ...head, version: head.version + 1 },
    headChanged: saysSomething && !same(head, known.head, 'version'),
    entries: changed.map((entry) => ({ ...entry, version: entry.version + 1 })),
    followers: [],
    uncertain,
    projections: projectionsOf(patient, course, known.applied, now),
    hold: course.waiting.map((waiting) => heldEventOf(patient, partition, now, waiting)),
    unhold: [...course.released, ...course.dropped].map(({ arrival }) =>
      heldIdOf(patient, arrival.offset),
    ),
    repeated: new Set(known.applied.keys()),
    course,
  }
}

/**
 * What a batch of records makes of the documents it touches. Pure: everything it needs was loaded,
 * and the time is passed in.
 *
 * @param arrivals  of one partition, in order
 */
export const project = (
  partition: number,
  arrivals: readonly Arrival[],
  loaded: Loaded,
  use: Folds,
  now: Date,
): Projected[] => {
  const holders = Map.groupBy(
    [...loaded.entries.values()].filter(({ holds }) => holds !== undefined),
    ({ patient }) => patient,
  )
  return [...Map.groupBy(arrivals, ({ patient }) => patient)].map(([patient, own]) => {
    const held = loaded.held.get(patient) ?? []
    const known: Known = {
      head: loaded.heads.get(patient) ?? null,
      entries: loaded.entries,
      holders: holders.get(patient) ?? [],
      applied: appliedTo(patient, [...held, ...own], loaded.applied),
      held,
    }
    return projectPatient(patient, partition, known, own, use, now)
  })
}
