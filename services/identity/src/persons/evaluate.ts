import type { Edge } from '@tideway/identity/cluster/edge'
import type { StoredPerson } from '@tideway/schemas/documents/identity'
import { publicId } from '@tideway/schemas/public-id'
import { personsOf } from '@tideway/identity/persons/persons'
import { unheard } from '../match/take-heads.ts'
import type { KnownPatient } from '../store/identities-store.ts'
import type { IdentityStore } from '../store/store.ts'
import { closedSetOf } from './closed-set.ts'
import { personChanges, type WantedPerson } from './person-changes.ts'
import { itemChanges } from './item-changes.ts'

type EvaluatePorts = {
  store: IdentityStore
  /** Resolves when `person-events.v1` has the changes. */
  publish: (persons: readonly StoredPerson[]) => Promise<void>
  /** Milliseconds since 1970 UTC. */
  now: () => number
  onLostRace: () => void
}

export type Evaluated = { persons: number; opened: number; closed: number }

const attempts = 8

/** Decisions of stewards, oldest first, each with the patients it is about. */
const decisionsIn = (known: ReadonlyMap<string, KnownPatient>) => {
  const facts = [...known.values()].flatMap((one) => one.facts)
  const decided = facts
    .toSorted((a, b) => (a.version < b.version ? -1 : 1))
    .flatMap(({ body }) => (body.type === 'IdentityDecided' ? [body] : []))
  return [...new Map(decided.map((one) => [one.decisionId, one.patientKeys])).entries()]
}

/** Automatic edges between patients of the set, each once. */
const automaticOf = (known: ReadonlyMap<string, KnownPatient>): Edge[] =>
  [...known.values()].flatMap(({ _id, edges }) =>
    edges
      .filter(({ to, how }) => how === 'auto' && _id < to && known.has(to))
      .map(({ to, rule, score }) => ({ a: _id, b: to, how: 'auto' as const, rule, score })),
  )

/** When somebody of whom nothing was heard is heard of: after all others. */
const never = new Date(8_640_000_000_000_000)

/** Those that facts name and nothing was heard of yet: a chain of merges may lead through them. */
const unheardOf = (known: ReadonlyMap<string, KnownPatient>): KnownPatient[] =>
  [...new Set([...known.values()].flatMap(({ mentions }) => mentions))]
    .filter((key) => !known.has(key))
    .map((key) => unheard(key, never))

/** The persons of a closed set, from what is known of its patients alone. */
export const wantedOf = (known: ReadonlyMap<string, KnownPatient>) => {
  const { persons, items } = personsOf([...known.values(), ...unheardOf(known)], automaticOf(known))
  const decided = decisionsIn(known)
  const wanted = persons.flatMap(({ founder, members }): WantedPerson[] => {
    const heard = members.filter(({ patient }) => known.has(patient))
    const own = new Set(heard.map(({ patient }) => patient))
    const decisions = decided.filter(([, keys]) => keys.some((key) => own.has(key)))
    return heard.length === 0
      ? []
      : [{ founder, members: heard, decisions: decisions.map(([id]) => id) }]
  })
  return { wanted, items }
}

const personsBefore = async (
  store: IdentityStore,
  keys: readonly string[],
): Promise<Map<string, StoredPerson>> => {
  const found = await Promise.all([store.personsWith(keys), store.personsById(keys.map(publicId))])
  return new Map(found.flat().map((person) => [person._id, person]))
}

const evaluateOnce = async (
  keys: readonly string[],
  messages: readonly string[],
  { store, publish, now }: EvaluatePorts,
): Promise<Evaluated | null> => {
  const known = await closedSetOf(keys, store)
  const all = [...known.keys()]
  const before = await personsBefore(store, all)
  const at = new Date(now())
  const { wanted, items } = wantedOf(known)
  const { losing, gaining } = personChanges(before, wanted, at, messages)
  if ((await store.savePersons(losing)) > 0 || (await store.savePersons(gaining)) > 0) return null
  const saved = [...losing, ...gaining]
  await store.remember(
    saved.map(({ _id, version, members, decisions }) => ({
      _id: `${_id}.${version}`,
      ...{ person: _id, members, at, decisions },
    })),
  )
  const { opened, closed } = await itemChanges({ known, wanted, items, at, store })
  await store.openWorkItems(opened)
  await store.closeWorkItems(closed)
  const pending = saved.filter((person) => person.pending !== undefined)
  await publish(pending)
  await store.published(pending)
  await store.settle([...known.values()])
  return { persons: saved.length, opened: opened.length, closed: closed.length }
}

/**
 * Makes the persons of these patients, and of all connected with them, what follows from what is
 * known; publishes what changed. Repeating it changes nothing.
 *
 * @param messages  ids of the messages that are the reason
 * @throws Error if others keep changing the same persons
 */
export const evaluate = async (
  keys: readonly string[],
  messages: readonly string[],
  ports: EvaluatePorts,
): Promise<Evaluated> => {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const done = await evaluateOnce(keys, messages, ports)
    if (done !== null) return done
    ports.onLostRace()
  }
  throw new Error('another process writes the same persons')
}
