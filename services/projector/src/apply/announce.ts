import { clinicalAlerts } from '@tideway/record/alerts/clinical-alerts'
import type { EntryKind } from '@tideway/schemas/documents/entry'
import type { Change, MessageParked, RecordChanged } from '@tideway/schemas/events.generated'
import { statements } from '@tideway/schemas/documents/statement'
import { topics } from '@tideway/schemas/topics'
import type { Arrival } from './arrival.ts'
import type { AppliedEvent } from './apply-events.ts'
import type { HoldCode } from './hold-codes.ts'
import { type Projected, placeOf } from './project.ts'

/** The announcement for one patient, and its trace. */
export type Announcement = {
  change: RecordChanged | null
  parked: MessageParked[]
  traceparent: string | null
}

const changeOf = ({ head, result }: Projected, { event, entry }: AppliedEvent): Change => {
  const changed = result.entries.get(entry ?? '')
  const { kind, id } = changed ?? { kind: 'patient' as const, id: head.id }
  const alarms = clinicalAlerts(event, changed?.data ?? null)
  return { kind, entry: id, event: event.body.type, alarms }
}

/** Each change once, with the alarms of all its events. */
const distinct = (changes: readonly Change[]): Change[] =>
  [...Map.groupBy(changes, ({ kind, entry, event }) => `${kind}|${entry}|${event}`).values()].map(
    (alike) => ({ ...(alike[0] as Change), alarms: alike.flatMap(({ alarms }) => alarms) }),
  )

/** The event published for an entry that changed because of another. */
const eventOfFollower = (kind: EntryKind): Change['event'] => {
  if (kind === 'report') return 'ResultReported'
  if (kind === 'encounter') return 'VisitUpdated'
  return kind === 'document' ? 'DocumentReported' : statements[kind].event
}

/**
 * What changed for readers.
 *
 * Published for every message applied for the first time, and for one applied again if it changed
 * something. A message redelivered just after this process was assigned the partition is published
 * again: the process that applied it may have stopped before publishing.
 */
const recordChanged = (
  projected: Projected,
  beginning: boolean,
  readableAt: number,
): RecordChanged | null => {
  const { head, entries, followers, headChanged, result, repeated } = projected
  const changed = new Set(entries.map(({ _id }) => _id))
  const inEvents = new Set(result.applied.map(({ entry }) => entry))
  const followed = [...followers, ...entries.filter(({ _id }) => !inEvents.has(_id))].map(
    ({ kind, id }): Change => ({
      kind,
      entry: id,
      event: eventOfFollower(kind),
      alarms: [],
    }),
  )
  const published = result.applied.filter(
    ({ event, entry }) =>
      beginning ||
      !repeated.has(event.messageId) ||
      (entry === null ? headChanged : changed.has(entry)),
  )
  if (published.length === 0 && followed.length === 0) return null
  const messages = [...new Set(published.map(({ event }) => event.messageId))]
  return {
    patientKey: head._id,
    patientId: head.id,
    version: headChanged ? head.version : head.version - 1,
    readableAt,
    messages,
    changes: distinct([...published.map((applied) => changeOf(projected, applied)), ...followed]),
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
  patientKeys: [arrival.patient],
})

/**
 * Parks a record without a patient key, because there is no patient to hold events for; `place` is
 * its position on the log.
 */
export const parkedWithoutPatient = (
  arrival: Arrival,
  partition: number,
  at: number,
): MessageParked => ({
  ...parked(arrival, 'PARKED', 'INVALID_RECORD', null, at),
  patientKey: null,
  patientKeys: [],
  problem: {
    code: 'INVALID_RECORD',
    place: `${topics.patientEvents.name}/${partition}/${arrival.offset}`,
  },
})

/**
 * Events held, published again after each release that failed; events released; events dropped. A
 * message already in the record is not parked.
 */
const parkedOf = (
  { result: { held, released, dropped }, repeated }: Projected,
  at: number,
): MessageParked[] => {
  const parkedNow = held.filter(({ arrival }) => !repeated.has(arrival.messageId))
  return [
    ...released.map(({ arrival, code, by }) => parked(arrival, 'RELEASED', code, by, at)),
    ...dropped.map(({ arrival, code, by, reason }) =>
      parked(arrival, 'DROPPED', code, by, at, reason),
    ),
    ...parkedNow.map(({ arrival, code }) => parked(arrival, 'PARKED', code, null, at)),
  ]
}

/**
 * The announcement after a patient is saved.
 *
 * @param beginning  whether the partition was just assigned to this process
 * @param now        microseconds since 1970 UTC, once the documents can be read
 */
export const announcementOf = (
  projected: Projected,
  beginning: boolean,
  now: number,
): Announcement => ({
  change: recordChanged(projected, beginning, now),
  parked: parkedOf(projected, now),
  traceparent: projected.result.applied.at(-1)?.arrival.traceparent ?? null,
})
