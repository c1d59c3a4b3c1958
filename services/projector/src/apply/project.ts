import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientHead } from '@tideway/schemas/documents/head'
import type { HeldEvent, Projection } from '@tideway/schemas/documents/ledger'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { fitHead } from '@tideway/record/demographics/fit-head'
import { newHead, wholeHead } from '@tideway/record/demographics/head'
import { settleConfidentiality } from '@tideway/record/entries/confidentiality'
import { aloneIdsIn } from '@tideway/record/entries/entry'
import { same } from '@tideway/record/entries/is-same'
import { settleObservations } from '@tideway/record/entries/matching/match-observation'
import { type LineKind, withLines } from '@tideway/record/summary/head-lines'
import { applyEvents, type Folds, type StoredPatient } from './apply-events.ts'
import type { ApplyResult, HeldArrival } from './apply-result.ts'
import { type Arrival, projectionIdOf } from './arrival.ts'
import type { Act } from '../history/acts.ts'
import { isKnown, isRedelivered, messagesInConflict } from '../history/known-before.ts'
import type { IdentityGiven } from '../identity/contest.ts'
import { type IdentityHolds, identityHoldsOf } from '../identity/identity-holds.ts'
import { type History, recordTold } from '../history/record-told.ts'

const heldIdOf = (patient: string, offset: number): string =>
  `${patient}|${String(offset).padStart(20, '0')}`

/** Stored state of every document a batch touches. */
export type LoadedDocuments = {
  heads: ReadonlyMap<string, PatientHead>
  entries: ReadonlyMap<string, Entry>
  /** Receive time by projection id, microseconds. */
  applied: ReadonlyMap<string, number>
  /** What messages of the batch told before, by projection id; absent if none did. */
  told?: ReadonlyMap<string, Projection>
  /** Messages of the batch that are withdrawn; absent if none is. */
  withdrawn?: ReadonlySet<string>
  /** By patient, oldest first; only for patients whose events the batch releases. */
  held: ReadonlyMap<string, readonly Arrival[]>
  /** Set while the documents of a patient are made anew. */
  identity?: IdentityGiven | undefined
}

/** What a batch changes for one patient: only changed documents, each with its new version. */
export type Projected = {
  patient: string
  head: PatientHead
  headChanged: boolean
  entries: Entry[]
  /** Of these, entries that took facts over from others, and are saved before them. */
  first: ReadonlySet<string>
  /** Entries to remove: their facts are all in others, or are withdrawn. */
  dissolved: string[]
  /** Of these, as they were, those whose facts are withdrawn. */
  removed: readonly Entry[]
  /** What an operator did about messages of the patient. */
  acts: readonly Act[]
  /**
   * Entries changed as a consequence of another, without an event in the batch; see
   * `propagateConfidentiality` and `markDuplicateAllergies`.
   */
  followers: Entry[]
  /** Kinds whose head lines must be rebuilt from the stored entries after the save. */
  uncertain: LineKind[]
  /** Messages applied for the first time. */
  projections: Projection[]
  /** What else changes in the record of what messages told. */
  history: Pick<History, 'pending' | 'changed'>
  /** What changes in it only once it is announced. */
  announced: Projection[]
  /** What identity conflicts and decisions about them change. */
  identity: IdentityHolds
  /** As events of the batch were told before, of those that differ now. */
  before: ReadonlyMap<Arrival, PatientEvent>
  /** Arrivals of events that were told before. */
  known: ReadonlySet<Arrival>
  /**
   * Arrivals at their place in the log for the second time: whoever applied them may have stopped
   * before announcing it.
   */
  redelivered: ReadonlySet<Arrival>
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

/** Whether applying an arrival changed an entry, or the head. */
const changedBy = (
  { applied }: ApplyResult,
  changed: readonly Entry[],
  headChanged: boolean,
): ((arrival: Arrival) => boolean) => {
  const isOfChanged = (entry: string | null): boolean =>
    entry === null ? headChanged : changed.some(({ _id }) => _id === entry)
  return (arrival) =>
    applied.some((one) => one.arrival === arrival && one.changes && isOfChanged(one.entry))
}

/** What the batch tells of each patient, and what was told before. */
type Batch = {
  partition: number
  loaded: LoadedDocuments
  before: ReadonlyMap<Arrival, PatientEvent>
}

/** The head to fold on; one of whom nothing was told any more begins anew. */
const headBefore = (patient: string, stored: PatientHead | null): PatientHead => {
  if (stored === null) return newHead(patient)
  return stored.gone === true ? { ...newHead(patient), version: stored.version } : wholeHead(stored)
}

const projectPatient = (
  patient: string,
  { partition, loaded, before }: Batch,
  stored: StoredPatient,
  arrivals: readonly Arrival[],
  folds: Folds,
  now: Date,
): Projected => {
  const applied = applyEvents(headBefore(patient, stored.head), stored, arrivals, folds, now)
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
  const exists =
    result.applied.some(({ event }) => event.body.type !== 'IdentityDecided') ||
    result.held.length > 0 ||
    result.contested.length > 0 ||
    (stored.head !== null && stored.head.gone !== true)
  const headChanged = exists && !same(head, stored.head, 'version')
  const { applied: projections, ...history } = recordTold(
    patient,
    result,
    { applied: loaded.applied, told: loaded.told ?? new Map(), before },
    changedBy(result, changed, headChanged),
    now,
  )
  return {
    patient,
    head: { ...head, version: head.version + 1 },
    headChanged,
    entries: changed.map((entry) => ({ ...entry, version: entry.version + 1 })),
    first: result.first,
    dissolved: [...result.dissolved],
    removed: [],
    acts: [],
    followers: [],
    uncertain,
    projections,
    history,
    announced: [],
    identity: identityHoldsOf(patient, result, loaded.told),
    before,
    known: new Set(arrivals.filter(isKnown(loaded))),
    redelivered: new Set(arrivals.filter(isRedelivered(loaded))),
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
 * @param before  as the same events were told before, of those that differ now
 */
export const project = (
  partition: number,
  arrivals: readonly Arrival[],
  loaded: LoadedDocuments,
  folds: Folds,
  now: Date,
  before: ReadonlyMap<Arrival, PatientEvent> = new Map(),
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
      withdrawn: loaded.withdrawn ?? new Set(),
      inConflict: messagesInConflict(patient, [...held, ...own], loaded),
      held,
      identity: loaded.identity,
    }
    return projectPatient(patient, { partition, loaded, before }, stored, own, folds, now)
  })
}
