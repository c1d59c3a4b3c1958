import { clinicalAlerts } from '@tideway/record/alerts/clinical-alerts'
import type { Entry, EntryKind } from '@tideway/schemas/documents/entry'
import type { Alarm, Change, MessageParked, RecordChanged } from '@tideway/schemas/events.generated'
import { statements } from '@tideway/schemas/documents/statement'
import { numberKeyOf } from '@tideway/schemas/public-id'
import { topics } from '@tideway/schemas/topics'
import type { Arrival } from './arrival.ts'
import type { AppliedEvent, ApplyResult } from './apply-result.ts'
import type { HoldCode } from './hold-codes.ts'
import { type Projected, placeOf } from './project.ts'

/** The announcement for one patient, and its trace. */
export type Announcement = {
  change: RecordChanged | null
  parked: MessageParked[]
  traceparent: string | null
}

/** With the observations of the chunks that changed. */
const wholeData = ({ _id, data, chunks }: Entry, { entries }: ApplyResult): Entry['data'] =>
  data.kind !== 'report' || chunks === undefined
    ? data
    : {
        ...data,
        observations: [...entries.values()].flatMap((one) =>
          one.chunkOf === _id && one.data.kind === 'report' ? one.data.observations : [],
        ),
      }

/** Each alarm once: of a message that was announced before, only what it did not say then. */
const alarmsOf = (
  { before, repeated, known }: Projected,
  { arrival, event }: AppliedEvent,
  data: Entry['data'] | null,
  again: boolean,
): Alarm[] => {
  if (again || !repeated.has(event.messageId) || !known.has(arrival))
    return clinicalAlerts(event, data)
  const old = before.get(arrival)
  if (old === undefined) return []
  const named = ({ code, place }: Alarm) => `${code} ${place}`
  const raised = new Set(clinicalAlerts(old).map(named))
  return clinicalAlerts(event, data).filter((alarm) => !raised.has(named(alarm)))
}

const changeOf = (projected: Projected, applied: AppliedEvent, again: boolean): Change => {
  const { head, result } = projected
  const changed = result.entries.get(applied.entry ?? '')
  const { kind, id } = changed ?? { kind: 'patient' as const, id: head.id }
  const alarms = alarmsOf(
    projected,
    applied,
    changed === undefined ? null : wholeData(changed, result),
    again,
  )
  return { kind, entry: id, event: applied.event.body.type, alarms, removed: false }
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

/** That messages of the patient are held, or no longer, changes what his record says of itself. */
const ofConflict = ({ head, headChanged, identity }: Projected, beginning: boolean): Change[] => {
  const [first] = [...identity.held, ...identity.released]
  const event = first?.arrival.event?.body.type
  return event === undefined || !(headChanged || beginning)
    ? []
    : [{ kind: 'patient', entry: head.id, event, alarms: [], removed: false }]
}

/** What changed because of an operator's act, or follows from another entry. */
const followingOf = (projected: Projected, beginning: boolean): Change[] => {
  const { head, acts, entries, followers, removed, headChanged, result } = projected
  const act = acts.at(-1)?.body.type
  const inEvents = new Set(result.applied.map(({ entry }) => entry))
  const following = [...followers, ...entries.filter(({ _id }) => !inEvents.has(_id))]
  const change = ({ kind, id }: Entry, isRemoved: boolean): Change => ({
    kind,
    entry: id,
    event: act ?? eventOfFollower(kind),
    alarms: [],
    removed: isRemoved,
  })
  const changes = [
    ...following.map((entry) => change(entry, false)),
    ...removed.map((entry) => change(entry, true)),
    ...ofConflict(projected, beginning),
  ]
  return act !== undefined && (beginning || headChanged || changes.length > 0)
    ? [{ kind: 'patient', entry: head.id, event: act, alarms: [], removed: false }, ...changes]
    : changes
}

/**
 * What changed for readers.
 *
 * Published for every message applied for the first time, and for one applied again if it changed
 * something itself: not if another message of the batch did. What was redelivered just after this
 * process was assigned the partition is published again: the process that applied it may have
 * stopped before publishing. What stands on the log again, by a replay or from the sender, was
 * published when it stood there first.
 */
const recordChanged = (
  projected: Projected,
  beginning: boolean,
  readableAt: number,
): RecordChanged | null => {
  const { head, entries, headChanged, result, repeated, redelivered, acts } = projected
  const changed = new Set(entries.map(({ _id }) => _id))
  const followed = followingOf(projected, beginning)
  const isAgain = ({ arrival }: AppliedEvent): boolean => beginning && redelivered.has(arrival)
  const published = result.applied.filter(
    (applied) =>
      isAgain(applied) ||
      !repeated.has(applied.event.messageId) ||
      (applied.changes && (applied.entry === null ? headChanged : changed.has(applied.entry))),
  )
  if (published.length === 0 && followed.length === 0) return null
  const messages = new Set([
    ...(followed.length === 0 ? [] : acts.map(({ body }) => body.message)),
    ...projected.identity.held.map(({ arrival }) => arrival.messageId),
    ...published.map(({ event }) => event.messageId),
  ])
  return {
    patientKey: head._id,
    patientId: head.id,
    version: headChanged ? head.version : head.version - 1,
    readableAt,
    messages: [...messages],
    changes: distinct([
      ...published.map((applied) => changeOf(projected, applied, isAgain(applied))),
      ...followed,
    ]),
  }
}

const parked = (
  arrival: Arrival,
  state: MessageParked['state'],
  code: HoldCode | 'WITHDRAWN',
  by: string | null,
  at: number,
  reason: string | null = null,
): MessageParked => ({
  messageId: arrival.messageId,
  eventId: arrival.eventId,
  source: arrival.source,
  patientKey: numberKeyOf(arrival.patient),
  stage: 'PROJECT',
  state,
  problem: { code, place: placeOf(arrival) },
  at,
  by,
  reason,
  patientKeys: [numberKeyOf(arrival.patient)],
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
  { result: { held, released, dropped }, repeated, identity }: Projected,
  at: number,
): MessageParked[] => {
  const conflict = 'IDENTITY_CONFLICT'
  const parkedNow = held.filter(({ arrival }) => !repeated.has(arrival.messageId))
  return [
    ...released.map(({ arrival, code, by }) => parked(arrival, 'RELEASED', code, by, at)),
    ...dropped.map(({ arrival, code, by, reason }) =>
      parked(arrival, 'DROPPED', code, by, at, reason),
    ),
    ...parkedNow.map(({ arrival, code }) => parked(arrival, 'PARKED', code, null, at)),
    ...identity.held.map(({ arrival }) => parked(arrival, 'PARKED', conflict, null, at)),
    ...identity.released.map(({ arrival, by, reason }) =>
      parked(arrival, 'RELEASED', conflict, by, at, reason),
    ),
    ...identity.withdrawn.map(({ arrival, by, reason }) =>
      parked(arrival, 'WITHDRAWN', 'WITHDRAWN', by, at, reason),
    ),
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
