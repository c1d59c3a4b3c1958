import type { PatientEvent } from '@tideway/schemas/events.generated'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { outcomeOf } from './identity-outcome.fixture.ts'
import { eventsOf, keyOf, type Vector, vectors } from './identity-vectors.fixture.ts'

const sorted = <T>(values: readonly T[]): T[] =>
  values.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))

const expectedOf = ({ expect: { persons, workItems, moved, removed } }: Vector) => ({
  persons: sorted(persons.map((members) => members.map(keyOf).toSorted())),
  workItems: sorted(
    workItems.map(({ kind, patients }) => ({ kind, patients: patients.map(keyOf).toSorted() })),
  ),
  moved: sorted(
    moved.map(({ kind, from, to, id, toId }) => ({
      kind,
      from: from === null ? null : keyOf(from),
      to: keyOf(to),
      id,
      toId,
    })),
  ),
  removed: removed.map(keyOf).toSorted(),
})

const resultOf = (events: readonly PatientEvent[]) => {
  const { persons, workItems, moved, removed } = outcomeOf(events)
  return {
    persons: sorted(persons),
    workItems: sorted(workItems),
    moved: sorted(moved),
    removed,
  }
}

/** Events in another order across patients; those of one patient stay in theirs. */
const interleaved = (events: readonly PatientEvent[], picks: readonly number[]): PatientEvent[] => {
  const queues = [...Map.groupBy(events, ({ patientKey }) => patientKey).values()]
  const result: PatientEvent[] = []
  for (let step = 0; queues.length > 0; step += 1) {
    const nth = (picks[step % picks.length] ?? 0) % queues.length
    const event = queues[nth]?.shift()
    if (event !== undefined) result.push(event)
    if (queues[nth]?.length === 0) queues.splice(nth, 1)
  }
  return result
}

describe.each(vectors.map((vector) => [vector.name, vector] as const))('%s', (_, vector) => {
  const messages = eventsOf(vector)
  const events = messages.flat()

  test('in the given order', () => {
    expect(resultOf(events)).toEqual(expectedOf(vector))
  })

  test('with the patients in reverse', () => {
    const groups = [...Map.groupBy(events, ({ patientKey }) => patientKey).values()]
    expect(outcomeOf(groups.toReversed().flat())).toEqual(outcomeOf(groups.flat()))
    expect(resultOf(groups.toReversed().flat())).toEqual(expectedOf(vector))
  })

  test('with every message twice', () => {
    expect(outcomeOf(messages.flatMap((one) => [...one, ...one]))).toEqual(outcomeOf(events))
    expect(resultOf([...events, ...events])).toEqual(expectedOf(vector))
  })

  test('in any order across patients', () => {
    const result = outcomeOf(events)
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 30 }), (picks) => {
        expect(outcomeOf(interleaved(events, picks))).toEqual(result)
      }),
      { numRuns: 15 },
    )
  })

  test('received in reverse, made when it was made', () => {
    const { persons, moved, removed } = resultOf(
      eventsOf(vector, (at, index) => Date.parse(at) + (100 - 2 * index) * 60_000)
        .toReversed()
        .flat(),
    )
    const { workItems: __, ...expected } = expectedOf(vector)
    expect({ persons, moved, removed }).toEqual(expected)
  })
})

test('every vector has a name of its own and says what it is for', () => {
  expect(vectors.length).toBeGreaterThanOrEqual(60)
  expect(new Set(vectors.map(({ description }) => description)).size).toBe(vectors.length)
})

test('several vectors about the same patients give one result in any order across patients', () => {
  const all = vectors.map((vector) => eventsOf(vector).flat())
  const nth = fc.nat(vectors.length - 1)
  const drawn = fc.array(nth, { minLength: 2, maxLength: 4 })
  fc.assert(
    fc.property(drawn, fc.array(fc.nat(), { minLength: 1, maxLength: 60 }), (chosen, picks) => {
      const events = chosen.flatMap((one) => all[one] ?? [])
      const result = outcomeOf(events)
      expect(outcomeOf(interleaved(events, picks))).toEqual(result)
      expect(result.persons.flat().toSorted()).toEqual(
        [...new Set(events.map(({ patientKey }) => patientKey))].toSorted(),
      )
    }),
    { numRuns: 300 },
  )
})
