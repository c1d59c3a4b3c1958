import { blockKeysOf } from '@tideway/identity/block-keys'
import type { Edge } from '@tideway/identity/cluster/edge'
import { decide } from '@tideway/identity/decide/decide'
import { movesOf } from '@tideway/identity/persons/moves'
import { personsOf } from '@tideway/identity/persons/persons'
import type { IdentityFacts } from '@tideway/identity/persons/statement'
import type { Traits } from '@tideway/identity/traits'
import { traitsOf } from '@tideway/identity/traits-of-head'
import { evolveHead, newHead } from '@tideway/record/demographics/head'
import { isIdentityFact } from '@tideway/record/demographics/identity-facts'
import { statedBy } from '@tideway/record/entries/statement-version'
import type { PatientHead } from '@tideway/schemas/documents/head'
import type { StoredFact } from '@tideway/schemas/documents/identity'
import type { PatientEvent } from '@tideway/schemas/events.generated'

const factIn = (event: PatientEvent): StoredFact[] =>
  isIdentityFact(event.body) || event.body.type === 'IdentityDecided'
    ? [
        {
          id: event.id,
          message: event.messageId,
          version: statedBy(event).version,
          receivedAt: new Date(event.receivedAt / 1000),
          source: event.source,
          body: event.body,
        },
      ]
    : []

/** What was heard of one patient, folded in the order in which it came. */
const known = (patient: string, events: readonly PatientEvent[]) => {
  const head = events.reduce(evolveHead, newHead(patient))
  const identity: IdentityFacts = {
    _id: patient,
    traits: traitsOf(head, '2026-07-02'),
    firstHeard: new Date(Math.min(...events.map(({ receivedAt }) => receivedAt)) / 1000),
    facts: events.flatMap(factIn),
  }
  return { head, identity }
}

/** Every pair that matching compares and joins. */
const automaticEdges = (traits: readonly Traits[]): Edge[] => {
  const keys = traits.map((one) => new Set(blockKeysOf(one)))
  return traits.flatMap((one, first) =>
    traits.slice(first + 1).flatMap((other, nth): Edge[] => {
      const others = keys[first + 1 + nth] ?? new Set()
      if (![...(keys[first] ?? [])].some((key) => others.has(key))) return []
      const { how, rule, score } = decide(one, other)
      return how === 'auto' ? [{ a: one.patient, b: other.patient, how, rule, score }] : []
    }),
  )
}

/** Persons, work items, moves and removals after events, in the order in which they come. */
export const outcomeOf = (events: readonly PatientEvent[]) => {
  const byPatient = [...Map.groupBy(events, ({ patientKey }) => patientKey)]
  const all = byPatient.map(([patient, its]) => known(patient, its))
  const identities = all.map(({ identity }) => identity)
  const traits = identities.flatMap((one) => (one.traits === null ? [] : [one.traits]))
  const { persons, items } = personsOf(identities, automaticEdges(traits))
  return {
    persons: persons.map(({ members }) => members.map(({ patient }) => patient).toSorted()),
    founders: persons.map(({ founder }) => founder),
    members: persons,
    workItems: items.map(({ kind, patients }) => ({ kind, patients })),
    moved: movesOf(identities).map(({ version: _, ...move }) => move),
    removed: all.flatMap(({ head }) => removedIn(head)).toSorted(),
  }
}

const removedIn = ({ _id, removed }: PatientHead): string[] => (removed === null ? [] : [_id])
