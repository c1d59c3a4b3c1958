import type { StoredFact } from '@tideway/schemas/documents/identity'
import { unsaid } from '@tideway/schemas/events.generated'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Edge } from '../cluster/edge.ts'
import type { Traits } from '../traits.ts'
import { traits } from '../traits.fixture.ts'
import { movesOf } from './moves.ts'
import { personsOf } from './persons.ts'
import type { IdentityFacts } from './statement.ts'

const patients = ['RJZ|1', 'RJZ|2', 'RJZ|3', 'RJ1|4', 'RJ1|5', 'RJ2|6']
const numbers = ['9434765919', '9993000033', '9993000041'] as const
const index = fc.nat(patients.length - 1)
const pair = fc.tuple(index, index).filter(([a, b]) => a !== b)
const key = (nth: number): string => patients[nth] ?? ''

type Act = {
  kind: 'merge' | 'link' | 'unlink' | 'change' | 'move' | 'visit' | 'LINK' | 'KEEP_APART' | 'UNLINK'
  between: [number, number]
}
const senderKinds = ['merge', 'link', 'unlink', 'change', 'move', 'visit'] as const
const stewardKinds = ['LINK', 'KEEP_APART', 'UNLINK'] as const
const acts = (kinds: readonly Act['kind'][]) =>
  fc.array(fc.record({ kind: fc.constantFrom(...kinds), between: pair }), { maxLength: 12 })

const bodyOf = ({ kind, between }: Act, own: string, nth: number): StoredFact['body'] => {
  const [a, b] = between.map(key) as [string, string]
  const other = own === a ? b : a
  switch (kind) {
    case 'merge':
      return { ...unsaid.PatientsMerged(), priorKeys: [a], survivingKey: b }
    case 'link':
      return { ...unsaid.PatientsLinked(), otherKeys: [other] }
    case 'unlink':
      return { ...unsaid.PatientsUnlinked(), otherKeys: [other] }
    case 'change':
      return { ...unsaid.IdentifiersChanged(), subject: 'PATIENT', priorKeys: [a] }
    case 'move':
      return { ...unsaid.IdentifiersMoved(), fromKey: a, toKey: b }
    case 'visit':
      return { ...unsaid.EncounterMoved(), fromKey: a, toKey: b, encounterIds: ['V1'] }
    default:
      return {
        ...unsaid.IdentityDecided(),
        decisionId: `d${nth}`,
        decision: kind,
        patientKeys: [a, b],
        by: 'steward',
        reason: 'checked',
      }
  }
}

const minute = (nth: number) => new Date(Date.UTC(2026, 6, 1, 9, nth))
const version = (nth: number) => `${100 + nth}`

/** Every fact under the keys of both patients, as senders and stewards publish them. */
const identitiesOf = (said: readonly Act[], its: (nth: number) => Partial<Traits>) =>
  patients.map(
    (patient, place): IdentityFacts => ({
      _id: patient,
      traits: traits({ patient, ...its(place) }),
      firstHeard: minute(place),
      facts: said.flatMap((act, nth) =>
        act.between.map(key).includes(patient)
          ? [
              {
                id: `${nth}.${place}`,
                message: `m${nth}`,
                version: version(nth),
                receivedAt: minute(nth),
                source: 'RJZ',
                body: bodyOf(act, patient, nth),
              },
            ]
          : [],
      ),
    }),
  )

const edges = fc.array(fc.record({ between: pair, score: fc.integer({ min: 10, max: 40 }) }), {
  maxLength: 8,
})
const edgesOf = (drawn: readonly { between: [number, number]; score: number }[]): Edge[] =>
  drawn.map(({ between: [a, b], score }) => ({
    a: key(a),
    b: key(b),
    how: 'auto',
    rule: 'drawn',
    score,
  }))
const numbered = fc.array(fc.option(fc.constantFrom(...numbers)), { minLength: 6, maxLength: 6 })
const withNumbers =
  (drawn: readonly (string | null)[]) =>
  (nth: number): Partial<Traits> => ({
    nhsNumber: drawn[nth] ?? null,
    nhsNumberStatus: drawn[nth] == null ? null : '01',
  })
const groupsOf = (all: readonly IdentityFacts[], automatic: readonly Edge[]) =>
  personsOf(all, automatic).persons.map(({ members }) =>
    members.map(({ patient }) => patient).toSorted(),
  )
const everything = acts([...senderKinds, ...stewardKinds])

test('persons, items and moves are the same in any order of patients, facts and edges, and with repeats', () => {
  fc.assert(
    fc.property(everything, numbered, edges, fc.nat(), (said, drawn, auto, turn) => {
      const all = identitiesOf(said, withNumbers(drawn))
      const turned = <T>(list: readonly T[]): T[] => [
        ...list.slice(turn % (list.length + 1)),
        ...list.slice(0, turn % (list.length + 1)),
      ]
      const other = turned(all).map((one) => ({
        ...one,
        facts: turned([...one.facts, ...one.facts].toReversed()),
      }))
      const automatic = edgesOf(auto)
      const swapped = turned(automatic).map((edge) => ({ ...edge, a: edge.b, b: edge.a }))
      expect(personsOf(other, swapped)).toEqual(personsOf(all, automatic))
      expect(movesOf(other)).toEqual(movesOf(all))
    }),
  )
})

test('each patient is in one person, and the person has the founder that was heard of first', () => {
  fc.assert(
    fc.property(everything, edges, (said, auto) => {
      const { persons } = personsOf(
        identitiesOf(said, () => ({})),
        edgesOf(auto),
      )
      expect(
        persons.flatMap(({ members }) => members.map((one) => one.patient)).toSorted(),
      ).toEqual(patients.toSorted())
      for (const { founder, members } of persons)
        expect(Math.min(...members.map((one) => patients.indexOf(one.patient)))).toBe(
          patients.indexOf(founder),
        )
    }),
  )
})

test('no sender and no automatic link joins two different verified NHS numbers', () => {
  fc.assert(
    fc.property(acts(senderKinds), numbered, edges, (said, drawn, auto) => {
      for (const group of groupsOf(identitiesOf(said, withNumbers(drawn)), edgesOf(auto))) {
        const found = group.map((one) => drawn[patients.indexOf(one)] ?? null)
        expect(new Set(found.filter((one) => one !== null)).size).toBeLessThan(2)
      }
    }),
  )
})

test('two whom a steward keeps apart last are never one person', () => {
  fc.assert(
    fc.property(everything, edges, pair, (said, auto, between) => {
      const all = identitiesOf([...said, { kind: 'KEEP_APART', between }], () => ({}))
      const [a, b] = between.map(key) as [string, string]
      expect(groupsOf(all, edgesOf(auto)).some((one) => one.includes(a) && one.includes(b))).toBe(
        false,
      )
    }),
  )
})

test('a patient that a steward takes out last is alone, whatever put it where it was', () => {
  fc.assert(
    fc.property(everything, edges, pair, (said, auto, between) => {
      const all = identitiesOf([...said, { kind: 'UNLINK', between }], () => ({}))
      expect(groupsOf(all, edgesOf(auto))).toContainEqual([key(between[0])])
    }),
  )
})

test('withdrawing a statement gives exactly the persons and moves without it', () => {
  fc.assert(
    fc.property(everything, edges, fc.nat(11), (said, auto, gone) => {
      const all = identitiesOf(said, () => ({}))
      const marked = all.map((one) => ({
        ...one,
        facts: one.facts.map((fact) =>
          fact.message === `m${gone}` ? { ...fact, withdrawn: true as const } : fact,
        ),
      }))
      const without = all.map((one) => ({
        ...one,
        facts: one.facts.filter(({ message }) => message !== `m${gone}`),
      }))
      expect(personsOf(marked, edgesOf(auto))).toEqual(personsOf(without, edgesOf(auto)))
      expect(movesOf(marked)).toEqual(movesOf(without))
    }),
  )
})

test('a merge that an unlink or a steward takes back leaves the persons that there were', () => {
  fc.assert(
    fc.property(
      acts(senderKinds),
      pair,
      fc.constantFrom('unlink' as const, 'KEEP_APART' as const),
      (said, between, undo) => {
        const [a, b] = between.map(key) as [string, string]
        const before = groupsOf(
          identitiesOf(said, () => ({})),
          [],
        )
        if (before.some((one) => one.includes(a) && one.includes(b))) return
        const after: Act[] = [...said, { kind: 'merge', between }, { kind: undo, between }]
        expect(
          groupsOf(
            identitiesOf(after, () => ({})),
            [],
          ),
        ).toEqual(before)
      },
    ),
  )
})
