import type { CaughtUp } from './caught-up.ts'
import type { Belonging } from './store-of-log.ts'
import type { CompletenessReason } from './reasons.ts'

/** Topics whose records an answer depends on. */
export const watchedTopics = [
  'patientEvents',
  'rawMessages',
  'parkedMessages',
  'recordChanges',
] as const
export type WatchedTopic = (typeof watchedTopics)[number]
/** Those that are read into the record and the ledger. */
export const followedTopics = ['patientEvents', 'rawMessages', 'parkedMessages'] as const
type FollowedTopic = (typeof followedTopics)[number]

/** How far the documents follow the log, as last looked at. Times in milliseconds. */
export type LineView = {
  /** When the ends of the log were last read; null: never. */
  lookedAt: number | null
  /** By topic and partition. */
  upTo: Readonly<Record<FollowedTopic, readonly CaughtUp[]>>
  /** Up to when everything projected was considered by the identity service. */
  identified: CaughtUp
  belongs: Belonging
  /** Whether states of parked messages were there without their message. */
  hasEarly: boolean
}

/** Before the first look. */
export const nothingSeen: LineView = {
  lookedAt: null,
  upTo: { patientEvents: [], rawMessages: [], parkedMessages: [] },
  identified: { proven: null, told: null },
  belongs: 'unknown',
  hasEarly: true,
}

/**
 * An answer may lack what was acknowledged so long before it, and still be complete; a second less
 * than the five that are promised, for the reading itself. Milliseconds.
 */
const mayBeMissingMs = 4_000

const earliest = (times: readonly (number | null)[]): number | null =>
  times.length === 0 || times.includes(null) ? null : Math.min(...(times as number[]))

/** Of several partitions, what holds for all of them. */
export const ofAll = (partitions: readonly CaughtUp[]): CaughtUp => ({
  proven: earliest(partitions.map(({ proven }) => proven)),
  told: earliest(partitions.map(({ told }) => told)),
})

/** Up to when every message of every source is in the ledger; null: not known. */
export const accountedUpTo = ({ upTo }: LineView): number | null => ofAll(upTo.rawMessages).proven

/**
 * What keeps an answer from being known as whole, and up to when everything acknowledged is in it.
 *
 * Another source patient may join a person at any time, from any partition. What could not be
 * understood is counted from the ledger, which a message of any source can change.
 */
export const judgeLine = (
  { lookedAt, upTo, identified, belongs }: LineView,
  now: number,
): { reasons: CompletenessReason[]; shownUpTo: number | null } => {
  const projected = ofAll(upTo.patientEvents)
  const accounted = ofAll([...upTo.rawMessages, ...upTo.parkedMessages])
  const shownUpTo = earliest([projected.told, accounted.told, identified.told])
  const isLate = (time: number | null): boolean => time === null || now - time > mayBeMissingMs
  const reasons: CompletenessReason[] = belongs === 'yes' ? [] : ['store-not-of-log']
  if (isLate(lookedAt)) reasons.push('log-not-reachable')
  else {
    if (isLate(projected.proven)) reasons.push('projection-behind')
    // Identity follows the projection: behind it, it is not known to be late by itself.
    else if (isLate(identified.proven)) reasons.push('identity-behind')
    if (isLate(accounted.proven)) reasons.push('ledger-behind')
  }
  // A time is claimed of this log only.
  return { reasons, shownUpTo: belongs === 'yes' ? shownUpTo : null }
}
