import type { Projection, ToldRecord } from '@tideway/schemas/documents/ledger'
import type { ApplyResult } from '../apply/apply-result.ts'
import { type Arrival, projectionIdOf } from '../apply/arrival.ts'
import { actOf } from './acts.ts'
import { type Recorded, documentsOf } from './told.ts'

/** What a batch changes in the record of what messages told of a patient. */
export type History = {
  /** Messages applied for the first time. */
  applied: Projection[]
  /** Messages that do not count as applied yet. */
  pending: Projection[]
  /** Documents whose content changed. */
  changed: Projection[]
}

/** Stored state that decides about it. */
export type KnownHistory = {
  /** Messages applied before, by `_id`. */
  applied: ReadonlyMap<string, number>
  told: ReadonlyMap<string, Projection>
  /** As events were told before, of those that differ now. */
  before: ReadonlyMap<Arrival, unknown>
}

const toldBy = ({ event, eventId, offset, record }: Arrival): ToldRecord => ({
  event: event?.id ?? eventId ?? '',
  offset,
  record,
})

/** The records of a message with those that came now in place of what they differ from. */
const merged = (
  known: readonly ToldRecord[],
  now: readonly Arrival[],
  isOther: (arrival: Arrival) => boolean,
): ToldRecord[] | null => {
  const byEvent = new Map(known.map((one) => [one.event, one]))
  let differs = false
  for (const arrival of now) {
    const told = toldBy(arrival)
    const before = byEvent.get(told.event)
    if (before !== undefined && !isOther(arrival)) continue
    if (before?.offset === told.offset) continue
    byEvent.set(told.event, told)
    differs = true
  }
  return differs ? [...byEvent.values()] : null
}

/** What a batch did with one message. */
type Done = {
  own: readonly Arrival[]
  /** Why it does not count as applied. */
  pending: Recorded['pending']
  /** Whether what kept it from counting as applied is over. */
  isOver: boolean
}

const doneWith = ({ applied, skipped, contested, held, released, holding }: ApplyResult) => {
  const inConflict = new Set(contested.map(({ arrival }) => arrival.messageId))
  const heldMessages = new Set(held.map(({ arrival }) => arrival.messageId))
  const releasedMessages = new Set(released.map(({ arrival }) => arrival.messageId))
  const left = new Set(skipped.map(({ messageId }) => messageId))
  const arrivals = [
    ...new Set([...[...applied, ...contested].map(({ arrival }) => arrival), ...skipped]),
  ].filter((arrival) => actOf(arrival) === null)
  const pendingOf = (message: string): Recorded['pending'] => {
    if (left.has(message)) return 'withdrawn'
    if (inConflict.has(message)) return 'conflict'
    return heldMessages.has(message) ? 'held' : null
  }
  return [...Map.groupBy(arrivals, ({ messageId }) => messageId)].map(
    ([message, own]): Done & { message: string } => {
      const pending = pendingOf(message)
      const isOver = pending === null && (holding === null || releasedMessages.has(message))
      return { message, own, pending, isOver }
    },
  )
}

/** What is recorded of a message now; null if that is what was recorded before. */
const recorded = (
  before: Projection,
  { own, pending, isOver }: Done,
  isOther: (arrival: Arrival) => boolean,
): (Pick<Recorded, 'pending'> & { told: readonly ToldRecord[] }) | null => {
  const known = before.told ?? []
  const told = merged(known, own, isOther)
  const was = before.pending ?? null
  const restored = was === 'withdrawn' && pending === null
  const unchanged = isOver || restored ? null : was
  const still = pending === 'conflict' ? pending : unchanged
  return told === null && still === was ? null : { told: told ?? known, pending: still }
}

/**
 * Records what the messages of a batch told of one patient: of those applied, and of those that
 * were left out because they are withdrawn. Of a message that an earlier release applied nothing is
 * recorded.
 *
 * @param isChanged  whether applying an arrival changed what a reader sees
 */
export const recordTold = (
  patient: string,
  result: ApplyResult,
  known: KnownHistory,
  isChanged: (arrival: Arrival) => boolean,
  now: Date,
): History => {
  const history: History = { applied: [], pending: [], changed: [] }
  const isOther = (arrival: Arrival) => known.before.has(arrival) || isChanged(arrival)
  for (const { message, ...done } of doneWith(result)) {
    const id = projectionIdOf(message, patient)
    const before = known.told.get(id)
    const { own, pending } = done
    if (before === undefined) {
      if (known.applied.has(id)) continue
      const received = result.received.get(message) ?? own[0]?.event?.receivedAt ?? 0
      const of = { patient, message, received, projectedAt: now, pending }
      history[pending === null ? 'applied' : 'pending'].push(...documentsOf(of, own.map(toldBy)))
      continue
    }
    const next = recorded(before, done, isOther)
    if (next === null) continue
    const projectedAt = before.pending === undefined ? before.projectedAt : now
    const { received, decidedAt } = before
    const of = { patient, message, received, projectedAt, decidedAt, pending: next.pending }
    history.changed.push(...documentsOf(of, next.told))
  }
  return history
}
