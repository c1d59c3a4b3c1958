import { hash } from 'node:crypto'
import type { StatedIdentity } from '@tideway/identity/conflict/stated-identity'
import type { IdentityConflict } from '@tideway/schemas/documents/identity-conflict'
import type { Projection } from '@tideway/schemas/documents/ledger'
import type { ApplyResult, ContestedArrival } from '../apply/apply-result.ts'
import { type Arrival, projectionIdOf } from '../apply/arrival.ts'
import type { NumberDecision } from './decisions.ts'

/** A message that a steward's decision settled. */
export type SettledMessage = { arrival: Arrival; by: string; reason: string }

/** What identity conflicts, and decisions about them, change for one patient. */
export type IdentityHolds = {
  /** One event of each message that is held now and was not before, or not announced. */
  held: readonly ContestedArrival[]
  released: readonly SettledMessage[]
  /** Messages that a steward decided to be wrong. */
  withdrawn: readonly SettledMessage[]
  /** Messages that were applied, and are held from now on. */
  marked: readonly Projection[]
  conflicts: readonly IdentityConflict[]
}

export const noIdentityHolds: IdentityHolds = {
  held: [],
  released: [],
  withdrawn: [],
  marked: [],
  conflicts: [],
}

const digestOf = (stated: StatedIdentity): string =>
  hash('sha256', JSON.stringify(stated), 'hex').slice(0, 16)

const conflictIn = (
  patient: string,
  { arrival, contest: { stated, fields } }: ContestedArrival,
): IdentityConflict[] =>
  stated === null || arrival.event === null
    ? []
    : [
        {
          _id: `${patient}|${arrival.source}|${digestOf(stated)}`,
          patient,
          source: arrival.source,
          stated,
          fields,
          message: arrival.messageId,
          since: new Date(Math.floor(arrival.event.receivedAt / 1000)),
        },
      ]

/** What decisions say of the messages of these events, by the first event of each. */
export const settledBy = (
  arrivals: readonly Arrival[],
  decisions: readonly NumberDecision[],
): SettledMessage[] => {
  const decided = new Map(
    decisions.flatMap(({ body }) => body.messages.map((message) => [message, body] as const)),
  )
  const messages = Map.groupBy(arrivals, ({ messageId }) => messageId)
  return [...messages].flatMap(([message, [first]]) => {
    const { by, reason } = decided.get(message) ?? { by: 'tideway', reason: '' }
    return first === undefined ? [] : [{ arrival: first, by, reason }]
  })
}

/** The first event of each message. */
export const firstOfEach = (contested: readonly ContestedArrival[]): ContestedArrival[] =>
  [...Map.groupBy(contested, ({ arrival }) => arrival.messageId).values()].flatMap(
    ([first]) => first ?? [],
  )

export const conflictsOf = (
  patient: string,
  contested: readonly ContestedArrival[],
): IdentityConflict[] => [
  ...new Map(
    contested
      .flatMap((one) => conflictIn(patient, one))
      .toReversed()
      .map((one) => [one._id, one]),
  ).values(),
]

/**
 * What a batch holds because of identity conflicts.
 *
 * A message held before is announced again only where its event stands in the log at the same
 * place: whoever held it may have stopped before announcing it.
 */
export const identityHoldsOf = (
  patient: string,
  { contested }: ApplyResult,
  told: ReadonlyMap<string, Projection> = new Map(),
): IdentityHolds => {
  if (contested.length === 0) return noIdentityHolds
  const isNew = ({ arrival }: ContestedArrival): boolean => {
    const known = told.get(projectionIdOf(arrival.messageId, patient))
    return (
      known?.pending !== 'conflict' ||
      (known.told ?? []).some(({ offset }) => offset === arrival.offset)
    )
  }
  return {
    held: firstOfEach(contested).filter(isNew),
    released: [],
    withdrawn: [],
    marked: [],
    conflicts: conflictsOf(patient, contested),
  }
}
