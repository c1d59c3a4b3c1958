import { newHead } from '@tideway/record/demographics/head'
import { ownerOf } from '@tideway/record/entries/statement-version'
import type { Projection } from '@tideway/schemas/documents/ledger'
import type { ContestedArrival } from '../apply/apply-result.ts'
import { type Arrival, projectionIdOf } from '../apply/arrival.ts'
import { foldBatch, type FoldPorts } from '../apply/fold-batch.ts'
import { firstOwn, type IdentityGiven } from '../identity/contest.ts'
import { type NumberDecision, messagesDecided } from '../identity/decisions.ts'
import { type SettledMessage, settledBy } from '../identity/identity-holds.ts'
import { memoryStore } from './memory-store.ts'

/** Events folded at once. */
const batchEvents = 500

/** What was told of a patient, by the order of the log. */
type History = {
  told: ReadonlyMap<string, Projection>
  /** Told and announced, or held. */
  known: readonly Arrival[]
  /** Restored, and never announced. */
  late: readonly Arrival[]
}

type Asked = {
  partition: number
  patient: string
  own: readonly Arrival[]
  withdrawn: ReadonlySet<string>
  decisions: readonly NumberDecision[]
  /** Messages that are his by them. */
  accepted: ReadonlySet<string>
}

/** Which messages of a history contradict who the patient is. */
export type Judged = {
  contested: readonly ContestedArrival[]
  /** Ids of their messages. */
  held: ReadonlySet<string>
  released: readonly SettledMessage[]
}

const byOffset = (a: Arrival, b: Arrival): number => a.offset - b.offset

const givenBy = (
  { patient, own, withdrawn, decisions, accepted }: Asked,
  { known, late }: History,
): IdentityGiven => ({
  ownFirst: firstOwn(
    ownerOf(patient),
    [...known, ...late, ...own].toSorted(byOffset),
    new Set([...withdrawn, ...messagesDecided(decisions, 'WRONG_MESSAGE')]),
  ),
  accepted,
  found: new Map(),
})

const foldAll = async (
  partition: number,
  arrivals: readonly Arrival[],
  identity: IdentityGiven,
  ports: FoldPorts,
) => {
  const memory = memoryStore(ports.store.held)
  const inMemory: FoldPorts = {
    ...ports,
    store: memory.store,
    onLostRaces: () => undefined,
    identity,
  }
  const contested: ContestedArrival[] = []
  for (let from = 0; from < arrivals.length; from += batchEvents) {
    const some = arrivals.slice(from, from + batchEvents)
    for (const { result } of await foldBatch(partition, some, null, inMemory))
      contested.push(...result.contested)
  }
  return { memory, inMemory, contested }
}

/**
 * Folds a history in memory, from the beginning and by the order of the log, as what contradicts
 * counts with all that is known and decided now.
 *
 * Messages that were held and are not any more are left out, to be folded and announced with the
 * batch; the rest is then folded again with the same findings.
 */
export const judgeHistory = async (asked: Asked, history: History, ports: FoldPorts) => {
  const { partition, patient, decisions } = asked
  const { told, known, late } = history
  const given = givenBy(asked, history)
  const everything = [...known, ...late].toSorted(byOffset)
  const first = await foldAll(partition, everything, given, ports)
  const contests = new Map(
    first.contested.map(({ arrival, contest }) => [arrival.messageId, contest]),
  )
  const held = new Set(contests.keys())
  const found = new Map(
    everything.map(({ messageId }) => [messageId, contests.get(messageId) ?? null]),
  )
  const wasHeld = ({ messageId }: Arrival): boolean =>
    told.get(projectionIdOf(messageId, patient))?.pending === 'conflict'
  const freed = known.filter((one) => wasHeld(one) && !held.has(one.messageId))
  const judged: Judged = {
    contested: first.contested,
    held,
    released: settledBy(freed, decisions),
  }
  if (freed.length === 0 && late.length === 0) {
    first.inMemory.identity = { ...given, found }
    return { ...first, freed, judged }
  }
  const isFreed = new Set(freed)
  const rest = known.filter((one) => !isFreed.has(one))
  const again = await foldAll(partition, rest, { ...given, found }, ports)
  const { knownAs } = first.memory.heads.get(patient) ?? {}
  const head = again.memory.heads.get(patient) ?? { ...newHead(patient), version: 1 }
  if (knownAs !== undefined) again.memory.heads.set(patient, { ...head, knownAs })
  return { ...again, freed, judged }
}
