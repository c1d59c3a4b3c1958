import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientHead } from '@tideway/schemas/documents/head'
import type { HeldEventsReleased, PatientEvent } from '@tideway/schemas/events.generated'
import { evolveHead } from '@tideway/record/demographics/head'
import { entryIdIn, evolveEntry } from '@tideway/record/entries/entry'
import type { FamilyChange } from '@tideway/record/entries/generations/family-change'
import { evolveGenerations } from '@tideway/record/entries/generations/generations'
import { same } from '@tideway/record/entries/is-same'
import { isLaterGeneration } from '@tideway/record/entries/generations/member-ids'
import { asKnown } from '@tideway/record/entries/matching/match-order'
import { placeReport } from '@tideway/record/entries/matching/match-report'
import {
  aboutOne,
  sharedNumberOf,
  withSaidOfNumber,
} from '@tideway/record/entries/matching/shared-number'
import { type IdentityGiven, identityCheck } from '../identity/contest.ts'
import { withConflict } from '../identity/head-conflict.ts'
import { type ApplyResult, noResult } from './apply-result.ts'
import type { Arrival } from './arrival.ts'
import type { HoldCode } from './hold-codes.ts'
import { keepChunks, keepMoved } from './moved-entries.ts'

/** The two folds of the record, injectable so that a test can make one fail. */
export type Folds = {
  entry: (before: Entry | null, event: PatientEvent) => Entry | null
  head: (before: PatientHead, event: PatientEvent) => PatientHead
}
export const folds: Folds = { entry: evolveEntry, head: evolveHead }

/** Stored state of a patient when a batch arrives. */
export type StoredPatient = {
  head: PatientHead | null
  entries: ReadonlyMap<string, Entry>
  /** Those of `entries` that are reports with standalone observations. */
  holders: readonly Entry[]
  /** Messages already applied, with their receive time. */
  applied: ReadonlyMap<string, number>
  /** Messages that are withdrawn. */
  withdrawn: ReadonlySet<string>
  /** Messages of which an event contradicted who the patient is. */
  inConflict: ReadonlySet<string>
  /** Held events, oldest first; loaded only if the batch releases them. */
  held: readonly Arrival[]
  /** Set while his documents are made anew. */
  identity?: IdentityGiven | undefined
}

/** The state that the steps below share while one batch is applied to one patient. */
type Run = {
  result: ApplyResult
  stored: StoredPatient
  folds: Folds
  now: Date
  check: ReturnType<typeof identityCheck>
}

const hold = (
  { result, now }: Run,
  arrival: Arrival,
  code: HoldCode,
  cause: unknown = null,
): void => {
  result.holding ??= { since: now, code, offset: arrival.offset }
  result.held.push({ arrival, code, cause })
}

/** Repeated bytes, from the sender or from the log, keep the time they were first received. */
const asFirstReceived = ({ result, stored }: Run, event: PatientEvent): PatientEvent => {
  const receivedAt =
    stored.applied.get(event.messageId) ?? result.received.get(event.messageId) ?? event.receivedAt
  return receivedAt === event.receivedAt ? event : { ...event, receivedAt }
}

type Find = (id: string) => Entry | undefined

/** What an event makes of the entry it is about. */
type Change = {
  event: PatientEvent
  entry: Entry
  /** Of a number that was used again, all that changed. */
  family: FamilyChange | null
}

const changeOf = ({ folds }: Run, event: PatientEvent, find: Find): Change | null => {
  const family = evolveGenerations(event, find)
  if (family !== null) return { event, entry: family.entry, family }
  const id = entryIdIn(event)
  const before = id === null ? undefined : find(id)
  const entry = id === null ? null : folds.entry(before ?? null, event)
  return entry === null
    ? null
    : { event, entry: withSaidOfNumber(entry, before !== undefined, event, find), family }
}

const keep = (run: Run, { entry, family }: Change): void => {
  const { first = [], dissolved = [], others = [] } = family ?? {}
  keepMoved(run.result, run.stored.entries, { entries: [entry, ...others], first, dissolved })
}

const applyEvent = (run: Run, arrival: Arrival, received: PatientEvent): void => {
  const { result, stored, folds } = run
  const find = (id: string) =>
    result.dissolved.has(id) ? undefined : (result.entries.get(id) ?? stored.entries.get(id))
  const { event, moved, after } = placeReport(asKnown(asFirstReceived(run, received), find), find)
  const change = changeOf(run, event, (id) =>
    moved.dissolved.includes(id) ? undefined : (moved.entries.get(id) ?? find(id)),
  )
  const others = ordersSharing(run, event).flatMap(
    (order) => changeOf(run, aboutOne(event, order), find) ?? [],
  )
  const isNew = !stored.applied.has(event.messageId)
  const changes = ({ entry }: Change) => isNew || !same(entry, find(entry._id), 'version')
  const head = folds.head(result.head, event)
  const headChanges = isNew || !same(head, result.head, 'version')
  result.head = head
  result.received.set(event.messageId, event.receivedAt)
  result.applied.push({
    ...{ arrival, event, entry: change?.entry._id ?? null },
    changes: change === null ? headChanges : changes(change),
  })
  for (const other of others)
    result.applied.push({
      ...{ arrival, event: other.event, entry: other.entry._id },
      changes: changes(other),
    })
  keepMoved(result, stored.entries, { ...moved, entries: moved.entries.values() })
  for (const each of change === null ? others : [change, ...others]) keep(run, each)
  for (const entry of after(find)) result.entries.set(entry._id, entry)
  if (event.body.type !== 'ResultReported') return
  const { entry = null, family = null } = change ?? {}
  const changed = [...moved.entries.values(), ...(family?.others ?? []), ...(entry ? [entry] : [])]
  const ids = new Set(changed.map(({ _id }) => _id))
  keepChunks(result, stored.entries, event.messageId, ids, find)
}

/**
 * Orders and reports known by the number of an event that does not say which of them it is about;
 * of each the first use of its number.
 */
const ordersSharing = ({ result, stored }: Run, event: PatientEvent): Entry[] => {
  const shared = sharedNumberOf(event)
  if (shared === null) return []
  const own = entryIdIn(event)
  return [...new Map([...stored.entries, ...result.entries]).values()].filter(
    (entry) =>
      entry._id.startsWith(shared) &&
      entry._id !== own &&
      !isLaterGeneration(entry) &&
      entry.chunkOf === undefined &&
      !result.dissolved.has(entry._id),
  )
}

/** Whether the message of an event contradicts who the patient is; it then waits for a steward. */
const isContested = (run: Run, arrival: Arrival, event: PatientEvent): boolean => {
  const { result } = run
  const { contest, head } = run.check(result.head, event)
  result.head = contest === null ? head : withConflict(head, event, contest)
  if (contest !== null) result.contested.push({ arrival, contest })
  return contest !== null
}

/**
 * Applies one event, or holds it; leaves out that of a withdrawn message. Events before the first
 * held one, redelivered after a crash, are applied again.
 *
 * @returns whether it is done with
 */
const applyOrHold = (run: Run, arrival: Arrival): boolean => {
  const { holding, skipped } = run.result
  if (run.stored.withdrawn.has(arrival.messageId)) {
    skipped.push(arrival)
    return true
  }
  if (holding !== null && arrival.offset >= holding.offset) hold(run, arrival, holding.code)
  else if (arrival.event === null) hold(run, arrival, 'INVALID_RECORD')
  else {
    try {
      if (isContested(run, arrival, arrival.event)) return true
      applyEvent(run, arrival, arrival.event)
      return true
    } catch (cause) {
      hold(run, arrival, 'UNEXPECTED', cause)
    }
  }
  return false
}

/**
 * Retries the held events in order, except the dropped message. From the first that fails again
 * they stay held, with the original time.
 */
const release = (
  run: Run,
  heldBefore: readonly Arrival[],
  { by, droppedMessage, reason }: HeldEventsReleased,
): void => {
  const { result } = run
  const before = result.holding
  const code = before?.code ?? 'UNEXPECTED'
  const retried = [...heldBefore, ...result.held.map(({ arrival }) => arrival)]
  result.holding = null
  result.held = []
  for (const arrival of retried) {
    if (arrival.messageId === droppedMessage) result.dropped.push({ arrival, code, by, reason })
    else if (applyOrHold(run, arrival)) result.released.push({ arrival, code, by })
  }
  const holding = result.holding as ApplyResult['holding']
  if (holding !== null) result.holding = { ...holding, since: before?.since ?? run.now }
}

/**
 * Applies a batch of events to one patient, in order. Pure.
 *
 * An event that cannot be applied changes nothing, and it and every later event of the patient are
 * held: a record that misses one event but has the next would be silently wrong. A release retries
 * the held events before anything after it; only an operator can drop one.
 *
 * @param head  as stored, or a new one
 * @param now   recorded as the time from which events are held
 */
export const applyEvents = (
  head: PatientHead,
  stored: StoredPatient,
  arrivals: readonly Arrival[],
  folds: Folds,
  now: Date,
): ApplyResult => {
  const result = noResult(head)
  const { applied, inConflict, withdrawn, identity } = stored
  const all = stored.held.length === 0 ? arrivals : [...stored.held, ...arrivals]
  const check = identityCheck(all, applied, inConflict, withdrawn, identity)
  const run: Run = { result, stored, folds, now, check }
  let heldBefore = stored.held
  for (const arrival of arrivals) {
    if (arrival.event?.body.type === 'HeldEventsReleased') {
      release(run, heldBefore, arrival.event.body)
      heldBefore = []
    } else applyOrHold(run, arrival)
  }
  return result
}
