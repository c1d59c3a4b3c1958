import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientHead } from '@tideway/schemas/documents/head'
import type { HeldEventsReleased, PatientEvent } from '@tideway/schemas/events.generated'
import type { Arrival } from './arrival.ts'
import { entryIdIn, evolveEntry } from '@tideway/record/entries/entry'
import { asKnown } from '@tideway/record/entries/matching/match-order'
import { evolveHead } from '@tideway/record/demographics/head'
import type { HoldCode } from './hold-codes.ts'

/** The two folds, so that a test can make one fail. */
export type Folds = {
  entry: (before: Entry | null, event: PatientEvent) => Entry | null
  head: (before: PatientHead, event: PatientEvent) => PatientHead
}
export const folds: Folds = { entry: evolveEntry, head: evolveHead }

/** An event kept back; `cause` where it is itself the reason. */
export type Waiting = { arrival: Arrival; code: HoldCode; cause: unknown }
export type Applied = { arrival: Arrival; event: PatientEvent; entry: string | null }
export type Released = { arrival: Arrival; code: HoldCode; by: string }
export type Dropped = Released & { reason: string | null }

/** How a batch went for one patient. */
export type Course = {
  head: PatientHead
  /** Entries touched, as they are now. */
  entries: Map<string, Entry>
  applied: Applied[]
  /** Receive order of each message applied. */
  received: Map<string, number>
  waiting: Waiting[]
  released: Released[]
  /** Given up by a person: not applied, and nothing waits for them any more. */
  dropped: Dropped[]
  /** Since when, why and from which place in the log on events are held, if they are. */
  holding: { since: Date; code: HoldCode; offset: number } | null
}

/** What is known of a patient when a batch comes. */
export type Known = {
  head: PatientHead | null
  entries: ReadonlyMap<string, Entry>
  /** Of them the reports that hold observations with a name of their own. */
  holders: readonly Entry[]
  /** Messages applied before, each with the receive order it was applied with. */
  applied: ReadonlyMap<string, number>
  /** Events held until now, oldest first; only needed where the batch releases them. */
  held: readonly Arrival[]
}

const keepBack = (
  course: Course,
  arrival: Arrival,
  code: HoldCode,
  cause: unknown,
  now: Date,
): void => {
  course.holding ??= { since: now, code, offset: arrival.offset }
  course.waiting.push({ arrival, code, cause })
}

/**
 * The same bytes again, from the sender or from the log, count as received when they first were.
 */
const firstReceived = (event: PatientEvent, { applied }: Known, course: Course): PatientEvent => {
  const receivedAt =
    applied.get(event.messageId) ?? course.received.get(event.messageId) ?? event.receivedAt
  return receivedAt === event.receivedAt ? event : { ...event, receivedAt }
}

const applyEvent = (
  course: Course,
  arrival: Arrival,
  told: PatientEvent,
  known: Known,
  use: Folds,
): void => {
  const find = (id: string) => course.entries.get(id) ?? known.entries.get(id)
  const event = asKnown(told, find)
  const id = entryIdIn(event)
  const entry = id === null ? null : use.entry(find(id) ?? null, event)
  course.head = use.head(course.head, event)
  if (entry !== null) course.entries.set(entry._id, entry)
  course.received.set(event.messageId, event.receivedAt)
  course.applied.push({ arrival, event, entry: entry?._id ?? null })
}

/**
 * What was before the first held event and comes again after a crash is applied as it was. @returns
 * whether it was applied
 */
const take = (course: Course, arrival: Arrival, known: Known, use: Folds, now: Date): boolean => {
  if (course.holding !== null && arrival.offset >= course.holding.offset)
    keepBack(course, arrival, course.holding.code, null, now)
  else if (arrival.event === null) keepBack(course, arrival, 'INVALID_RECORD', null, now)
  else {
    try {
      applyEvent(course, arrival, firstReceived(arrival.event, known, course), known, use)
      return true
    } catch (cause) {
      keepBack(course, arrival, 'UNEXPECTED', cause, now)
    }
  }
  return false
}

/**
 * Tries again what is held, in order, but for the message that is given up; from the first that
 * fails again it stays held, since when it was.
 */
const release = (
  course: Course,
  held: readonly Arrival[],
  { by, droppedMessage, reason }: HeldEventsReleased,
  known: Known,
  use: Folds,
  now: Date,
): void => {
  const before = course.holding
  const code = before?.code ?? 'UNEXPECTED'
  const again = [...held, ...course.waiting.map(({ arrival }) => arrival)]
  course.holding = null
  course.waiting = []
  for (const arrival of again) {
    if (arrival.messageId === droppedMessage) course.dropped.push({ arrival, code, by, reason })
    else if (take(course, arrival, known, use, now)) course.released.push({ arrival, code, by })
  }
  const holding = course.holding as Course['holding']
  if (holding !== null) course.holding = { ...holding, since: before?.since ?? now }
}

/**
 * Applies what came for one patient, in order. Pure.
 *
 * An event that cannot be applied changes nothing, and it and every later one of the patient is
 * held: a record without one event and with the next would be silently wrong. A release tries what
 * is held again before what comes after it; only a person can give one up.
 */
export const runCourse = (
  head: PatientHead,
  known: Known,
  arrivals: readonly Arrival[],
  use: Folds,
  now: Date,
): Course => {
  const holding = head.incomplete as Course['holding']
  const course: Course = {
    head,
    entries: new Map(),
    applied: [],
    received: new Map(),
    waiting: [],
    released: [],
    dropped: [],
    holding,
  }
  let held = known.held
  for (const arrival of arrivals) {
    if (arrival.event?.body.type === 'HeldEventsReleased') {
      release(course, held, arrival.event.body, known, use, now)
      held = []
    } else take(course, arrival, known, use, now)
  }
  return course
}
