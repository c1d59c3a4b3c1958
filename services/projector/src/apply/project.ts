import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientHead } from '@tideway/schemas/documents/head'
import type { HeldEvent, Projection } from '@tideway/schemas/documents/ledger'
import { fitHead } from '@tideway/record/demographics/fit-head'
import { newHead } from '@tideway/record/demographics/head'
import { settleConfidentiality } from '@tideway/record/entries/confidentiality'
import { aloneIdsIn } from '@tideway/record/entries/entry'
import { same } from '@tideway/record/entries/is-same'
import { settleObservations } from '@tideway/record/entries/matching/match-observation'
import { type LineKind, withLines } from '@tideway/record/summary/head-lines'
import {
  applyEvents,
  type ApplyResult,
  type Folds,
  type HeldArrival,
  type StoredPatient,
} from './apply-events.ts'
import type { Arrival } from './arrival.ts'
import { projectionIdOf } from './touched.ts'

const heldIdOf = (patient: string, offset: number): string =>
  `${patient}|${String(offset).padStart(20, '0')}`

/** Stored state of every document a batch touches. */
export type LoadedDocuments = {
  heads: ReadonlyMap<string, PatientHead>
  entries: ReadonlyMap<string, Entry>
  /** Receive time by projection id, microseconds. */
  applied: ReadonlyMap<string, number>
  /** By patient, oldest first; only for patients whose events the batch releases. */
  held: ReadonlyMap<string, readonly Arrival[]>
}

/** What a batch changes for one patient: only changed documents, each with its new version. */
export type Projected = {
  patient: string
  head: PatientHead
  headChanged: boolean
  entries: Entry[]
  /** Of these, entries that took facts over from others, and are saved before them. */
  first: ReadonlySet<string>
  /** Entries to remove: their facts are all in others. */
  dissolved: string[]
  /**
   * Entries changed as a consequence of another, without an event in the batch; see
   * `propagateConfidentiality` and `markDuplicateAllergies`.
   */
  followers: Entry[]
  /** Kinds whose head lines must be rebuilt from the stored entries after the save. */
  uncertain: LineKind[]
  projections: Projection[]
  hold: HeldEvent[]
  unhold: string[]
  /** Messages that were already applied before this batch. */
  repeated: ReadonlySet<string>
  result: ApplyResult
}

const appliedTo = (
  patient: string,
  arrivals: readonly Arrival[],
  applied: LoadedDocuments['applied'],
): Map<string, number> => {
  const found = new Map<string, number>()
  for (const { messageId } of arrivals) {
    const received = applied.get(projectionIdOf(messageId, patient))
    if (received !== undefined) found.set(messageId, received)
  }
  return found
}

/** A message counts as applied once none of its events for this patient is held. */
const projectionsOf = (
  patient: string,
  { applied, held }: ApplyResult,
  before: ReadonlyMap<string, number>,
  now: Date,
): Projection[] => {
  const heldMessages = new Set(held.map(({ arrival }) => arrival.messageId))
  const fresh = applied.filter(
    ({ event }) => !before.has(event.messageId) && !heldMessages.has(event.messageId),
  )
  const byMessage = new Map(fresh.map(({ event }) => [event.messageId, event.receivedAt]))
  return [...byMessage].map(([messageId, received]) => ({
    _id: projectionIdOf(messageId, patient),
    received,
    projectedAt: now,
  }))
}

export const heldEventOf = (
  patient: string,
  partition: number,
  now: Date,
  { arrival, code, cause }: HeldArrival,
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

/** Segment or resource reported in a problem; `record` if the bytes are not an event. */
export const placeOf = ({ event }: Arrival): string => event?.place ?? 'record'

const projectPatient = (
  patient: string,
  partition: number,
  stored: StoredPatient,
  arrivals: readonly Arrival[],
  folds: Folds,
  now: Date,
): Projected => {
  const applied = applyEvents({ ...newHead(patient), ...stored.head }, stored, arrivals, folds, now)
  const alone = new Set([
    ...applied.applied.flatMap(({ event }) => aloneIdsIn(event)),
    // Which observation a statement is about may change for those that the event does not name.
    ...[...applied.entries.values()].flatMap(({ holds }) => holds ?? []),
  ])
  const settled = settleObservations(alone, applied.entries, stored.entries, stored.holders)
  const result = { ...applied, entries: settleConfidentiality(patient, settled, stored.entries) }
  const touched = [...result.entries.values()]
  const { head: withNew, uncertain } = withLines(
    { ...result.head, incomplete: result.holding },
    touched,
    result.dissolved,
  )
  const head = uncertain.length === 0 ? fitHead(withNew) : withNew
  const changed = touched.filter((entry) => !same(entry, stored.entries.get(entry._id), 'version'))
  const isKnown = result.applied.length > 0 || result.held.length > 0 || stored.head !== null
  return {
    patient,
    head: { ...head, version: head.version + 1 },
    headChanged: isKnown && !same(head, stored.head, 'version'),
    entries: changed.map((entry) => ({ ...entry, version: entry.version + 1 })),
    first: result.first,
    dissolved: [...result.dissolved],
    followers: [],
    uncertain,
    projections: projectionsOf(patient, result, stored.applied, now),
    hold: result.held.map((held) => heldEventOf(patient, partition, now, held)),
    unhold: [...result.released, ...result.dropped].map(({ arrival }) =>
      heldIdOf(patient, arrival.offset),
    ),
    repeated: new Set(stored.applied.keys()),
    result,
  }
}

/**
 * Changes of a batch of records to the documents it touches. Pure: everything it needs is loaded
 * before, and the time is passed in.
 *
 * @param arrivals  of one partition, in order
 */
export const project = (
  partition: number,
  arrivals: readonly Arrival[],
  loaded: LoadedDocuments,
  folds: Folds,
  now: Date,
): Projected[] => {
  const holders = Map.groupBy(
    [...loaded.entries.values()].filter(({ holds }) => holds !== undefined),
    ({ patient }) => patient,
  )
  return [...Map.groupBy(arrivals, ({ patient }) => patient)].map(([patient, own]) => {
    const held = loaded.held.get(patient) ?? []
    const stored: StoredPatient = {
      head: loaded.heads.get(patient) ?? null,
      entries: loaded.entries,
      holders: holders.get(patient) ?? [],
      applied: appliedTo(patient, [...held, ...own], loaded.applied),
      held,
    }
    return projectPatient(patient, partition, stored, own, folds, now)
  })
}
