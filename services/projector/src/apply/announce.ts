import { alarmsOf } from '@tideway/record/alerts/alarms'
import type { EntryKind } from '@tideway/schemas/documents/entry'
import type { Change, MessageParked, RecordChanged } from '@tideway/schemas/events.generated'
import { topics } from '@tideway/schemas/topics'
import type { Arrival } from './arrival.ts'
import type { Applied } from './apply-events.ts'
import type { HoldCode } from './hold-codes.ts'
import { type Projected, placeOf } from './project.ts'

/** What is to be told of one patient, and under which trace. */
export type Announcement = {
  change: RecordChanged | null
  parked: MessageParked[]
  traceparent: string | null
}

const changeOf = ({ head, course }: Projected, { event, entry }: Applied): Change => {
  const { kind, id } = course.entries.get(entry ?? '') ?? { kind: 'patient', id: head.id }
  return { kind, entry: id, event: event.body.type, alarms: alarmsOf(event) }
}

/** Each change once, with every alarm. */
const distinct = (changes: readonly Change[]): Change[] =>
  [...Map.groupBy(changes, ({ kind, entry, event }) => `${kind}|${entry}|${event}`).values()].map(
    (alike) => ({ ...(alike[0] as Change), alarms: alike.flatMap(({ alarms }) => alarms) }),
  )

/** What is said of an entry that changed with another. */
const eventOfFollower: Partial<Record<EntryKind, Change['event']>> = {
  allergy: 'AllergyReported',
  report: 'ResultReported',
}

/**
 * What a reader now sees differently.
 *
 * Told of every message applied for the first time, and of one applied again if it changed
 * something. A message that was applied before and comes again just after this process began to
 * read the partition is told of again: whoever applied it may have been stopped before it could
 * tell.
 */
const recordChanged = (
  projected: Projected,
  beginning: boolean,
  readableAt: number,
): RecordChanged | null => {
  const { head, entries, followers, headChanged, course, repeated } = projected
  const changed = new Set(entries.map(({ _id }) => _id))
  const spokenOf = new Set(course.applied.map(({ entry }) => entry))
  const followed = [...followers, ...entries.filter(({ _id }) => !spokenOf.has(_id))].map(
    ({ kind, id }): Change => ({
      kind,
      entry: id,
      event: eventOfFollower[kind] ?? 'DocumentReported',
      alarms: [],
    }),
  )
  const news = course.applied.filter(
    ({ event, entry }) =>
      beginning ||
      !repeated.has(event.messageId) ||
      (entry === null ? headChanged : changed.has(entry)),
  )
  if (news.length === 0 && followed.length === 0) return null
  const messages = [...new Set(news.map(({ event }) => event.messageId))]
  return {
    patientKey: head._id,
    patientId: head.id,
    version: headChanged ? head.version : head.version - 1,
    readableAt,
    messages,
    changes: distinct([...news.map((applied) => changeOf(projected, applied)), ...followed]),
  }
}

const parked = (
  arrival: Arrival,
  state: MessageParked['state'],
  code: HoldCode,
  by: string | null,
  at: number,
  reason: string | null = null,
): MessageParked => ({
  messageId: arrival.messageId,
  eventId: arrival.eventId,
  source: arrival.source,
  patientKey: arrival.patient,
  stage: 'PROJECT',
  state,
  problem: { code, place: placeOf(arrival) },
  at,
  by,
  reason,
})

/**
 * A record whose key names no patient: nobody's record can be held for it, and it stays on the log
 * where its place says.
 */
export const parkedForNobody = (
  arrival: Arrival,
  partition: number,
  at: number,
): MessageParked => ({
  ...parked(arrival, 'PARKED', 'INVALID_RECORD', null, at),
  patientKey: null,
  problem: {
    code: 'INVALID_RECORD',
    place: `${topics.patientEvents.name}/${partition}/${arrival.offset}`,
  },
})

/**
 * What waits, told again after each vain release; what a release let through, and what was given
 * up. A message that is in the record already does not wait.
 */
const parkedOf = (
  { course: { waiting, released, dropped }, repeated }: Projected,
  at: number,
): MessageParked[] => {
  const waits = waiting.filter(({ arrival }) => !repeated.has(arrival.messageId))
  return [
    ...released.map(({ arrival, code, by }) => parked(arrival, 'RELEASED', code, by, at)),
    ...dropped.map(({ arrival, code, by, reason }) =>
      parked(arrival, 'DROPPED', code, by, at, reason),
    ),
    ...waits.map(({ arrival, code }) => parked(arrival, 'PARKED', code, null, at)),
  ]
}

/** @param now  microseconds, once the documents can be read */
export const announcementOf = (
  projected: Projected,
  beginning: boolean,
  now: number,
): Announcement => ({
  change: recordChanged(projected, beginning, now),
  parked: parkedOf(projected, now),
  traceparent: projected.course.applied.at(-1)?.arrival.traceparent ?? null,
})
