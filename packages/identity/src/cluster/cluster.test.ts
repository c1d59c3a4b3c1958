import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decide } from '../decide/decide.ts'
import type { Traits } from '../traits.ts'
import { named, traits } from '../traits.fixture.ts'
import { clusterOf } from './cluster.ts'
import type { Edge } from './edge.ts'

const none = { nhsNumber: null, nhsNumberStatus: null }
const patient = (key: string, said: Partial<Traits> = {}) => traits({ patient: key, ...said })
const edge = (a: string, b: string, said: Partial<Edge> = {}): Edge => ({
  a,
  b,
  how: 'auto',
  rule: 'a-rule',
  score: 50,
  ...said,
})

const ann = patient('A')
const annElsewhere = patient('B')
const otherAnn = patient('C', { nhsNumber: '9876543210' })
const annWithout = patient('D', none)

test('links hold patients together through others', () => {
  const { groups, made, items } = clusterOf(
    [ann, annElsewhere, annWithout],
    [edge('A', 'B'), edge('B', 'D')],
    [],
  )
  expect(groups).toEqual([['A', 'B', 'D']])
  expect(made).toHaveLength(2)
  expect(items).toEqual([])
})

test('a third record that fits two people is a bridge to neither', () => {
  const edges = [edge('A', 'D', { score: 60 }), edge('C', 'D')]
  const { groups, made, items } = clusterOf([ann, otherAnn, annWithout], edges, [])
  expect(groups).toEqual([['A'], ['C'], ['D']])
  expect(made).toEqual([])
  expect(items).toEqual(edges)
})

test('two verified numbers are not joined along a chain', () => {
  const further = patient('E', none)
  const edges = [
    edge('A', 'D', { score: 70 }),
    edge('D', 'E', { score: 60 }),
    edge('E', 'C', { score: 55 }),
  ]
  const { groups, items } = clusterOf([ann, otherAnn, annWithout, further], edges, [])
  expect(groups.find((group) => group.includes('A'))).not.toContain('C')
  expect(items).toHaveLength(1)
})

test('a pair kept apart stays apart, through third records and against a sender', () => {
  const patients = [ann, annElsewhere, annWithout]
  for (const how of ['auto', 'sender', 'steward'] as const) {
    const edges = [edge('A', 'D', { how, score: 60 }), edge('B', 'D', { how })]
    const { groups, items } = clusterOf(patients, edges, [['B', 'A']])
    expect(groups.some((group) => group.includes('A') && group.includes('B'))).toBe(false)
    expect(items.length).toBeGreaterThan(0)
  }
})

test('a sender merges what differs in name, never two verified numbers; a steward both', () => {
  const renamed = patient('F', { ...none, ...named('PETER', 'OKAFOR') })
  const joined = (other: Traits, how: Edge['how']) =>
    clusterOf([ann, other], [edge('A', other.patient, { how })], []).groups.length === 1
  expect(joined(renamed, 'auto')).toBe(false)
  expect(joined(renamed, 'sender')).toBe(true)
  expect(joined(otherAnn, 'sender')).toBe(false)
  expect(joined(otherAnn, 'steward')).toBe(true)
})

test('a superseded number joined by a steward does not stop later links to the person', () => {
  const edges = [edge('A', 'C', { how: 'steward' }), edge('A', 'B', { score: 70 })]
  expect(clusterOf([ann, annElsewhere, otherAnn], edges, []).groups).toEqual([['A', 'B', 'C']])
})

const said: Partial<Traits>[] = [
  {},
  none,
  { nhsNumber: '9876543210' },
  { nhsNumber: '9876543210', nhsNumberStatus: '02' },
  named('ANNE', 'CARTER'),
  named('PETER', 'CARTER'),
  { birthDate: '1974-03-23' },
  { ...none, phones: [] },
]
const population = fc
  .array(fc.constantFrom(...said), { minLength: 2, maxLength: 7 })
  .map((all) => all.map((one, index) => patient(`P${index}`, one)))

/** Every automatic link of the pairs, as the service finds them. */
const linksOf = (patients: readonly Traits[]): Edge[] =>
  patients.flatMap((a, index) =>
    patients.slice(index + 1).flatMap((b) => {
      const { how, rule, score } = decide(a, b)
      return how === 'auto' ? [edge(a.patient, b.patient, { rule, score })] : []
    }),
  )

test('persons do not depend on the order of patients, links or their ends', () => {
  fc.assert(
    fc.property(
      population,
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      (patients, random) => {
        const shuffled = <T>(list: readonly T[]): T[] =>
          list
            .map((value) => [random.next().value ?? 0, value] as const)
            .toSorted(([a], [b]) => a - b)
            .map(([, value]) => value)
        const edges = linksOf(patients)
        const turned = shuffled(edges).map((one, index) =>
          index % 2 ? { ...one, a: one.b, b: one.a } : one,
        )
        const [first, second] = [
          clusterOf(patients, edges, []),
          clusterOf(shuffled(patients), turned, []),
        ]
        expect(second.groups).toEqual(first.groups)
        expect(second.items.length).toBe(first.items.length)
      },
    ),
    { numRuns: 150 },
  )
})

test('no automatic links join two different numbers', () => {
  fc.assert(
    fc.property(population, (patients) => {
      const numbers = new Map(patients.map((one) => [one.patient, one.nhsNumber]))
      for (const group of clusterOf(patients, linksOf(patients), []).groups)
        expect(
          new Set(group.map((key) => numbers.get(key)).filter((one) => one !== null)).size,
        ).toBeLessThan(2)
    }),
    { numRuns: 150 },
  )
})
