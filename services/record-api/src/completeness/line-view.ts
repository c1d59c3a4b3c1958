import { numberKeyOf } from '@tideway/schemas/public-id'
import { partitionOf } from '@tideway/kafka/murmur2'
import type { CaughtUp } from './caught-up.ts'
import type { Belonging } from './store-of-log.ts'
import type { CompletenessReason } from './reasons.ts'

/** Topics whose records an answer depends on. */
export const watchedTopics = ['patientEvents', 'rawMessages', 'parkedMessages'] as const
export type WatchedTopic = (typeof watchedTopics)[number]

/** How far the documents follow the log, as last looked at. Times in milliseconds. */
export type LineView = {
  /** When the ends of the log were last read; null: never. */
  lookedAt: number | null
  /** By topic and partition. */
  upTo: Readonly<Record<WatchedTopic, readonly CaughtUp[]>>
  belongs: Belonging
  /** Whether states of parked messages were there without their message. */
  hasEarly: boolean
}

/** Before the first look. */
export const nothingSeen: LineView = {
  lookedAt: null,
  upTo: { patientEvents: [], rawMessages: [], parkedMessages: [] },
  belongs: 'unknown',
  hasEarly: true,
}

/**
 * An answer may lack what was acknowledged so long before it, and still be complete; a second less
 * than the five that are promised, for the reading itself. Milliseconds.
 */
const mayBeMissingMs = 4_000

type Needed = {
  /** Keys of the source patients in the answer. */
  keys: readonly string[]
  /** Another source patient may join them at any time, from any partition. */
  isPerson: boolean
}

const earliest = (times: readonly (number | null)[]): number | null =>
  times.length === 0 || times.includes(null) ? null : Math.min(...(times as number[]))

const nothing: CaughtUp = { proven: null, told: null }

/** Of several partitions, what holds for all of them. */
const ofAll = (partitions: readonly CaughtUp[]): CaughtUp => ({
  proven: earliest(partitions.map(({ proven }) => proven)),
  told: earliest(partitions.map(({ told }) => told)),
})

/** Up to when every message of every source is in the ledger; null: not known. */
export const accountedUpTo = ({ upTo }: LineView): number | null => ofAll(upTo.rawMessages).proven

/**
 * What keeps an answer from being known as whole, and up to when everything acknowledged is in it.
 *
 * The events of a source patient are in the partition of its key. A person's answer also depends on
 * all others: a patient with the same NHS number may be in any. What could not be understood is
 * counted from the ledger, which a message of any source can change.
 */
export const judgeLine = (
  { lookedAt, upTo, belongs }: LineView,
  { keys, isPerson }: Needed,
  now: number,
): { reasons: CompletenessReason[]; shownUpTo: number | null } => {
  const events = upTo.patientEvents
  const own = (key: string) => events[partitionOf(numberKeyOf(key), events.length)] ?? nothing
  const needed = isPerson || events.length === 0 ? events : keys.map(own)
  const projected = ofAll(needed)
  const accounted = ofAll([...upTo.rawMessages, ...upTo.parkedMessages])
  const shownUpTo = earliest([projected.told, accounted.told])
  const isLate = (time: number | null): boolean => time === null || now - time > mayBeMissingMs
  const reasons: CompletenessReason[] = belongs === 'yes' ? [] : ['store-not-of-log']
  if (isLate(lookedAt)) reasons.push('log-not-reachable')
  else {
    if (isLate(projected.proven)) reasons.push('projection-behind')
    if (isLate(accounted.proven)) reasons.push('ledger-behind')
  }
  // A time is claimed of this log only.
  return { reasons, shownUpTo: belongs === 'yes' ? shownUpTo : null }
}
