import { type PreparedTraits, prepare } from '@tideway/identity/compare/prepare'
import { agreementOf, scoredFields } from '@tideway/identity/score/agreement'
import type { Weights } from '@tideway/identity/score/weights'
import type { Traits } from '@tideway/identity/traits'

/** Traits, and who it is in truth. */
export type Labelled = { person: string; traits: Traits }

type Counts = Record<string, Record<string, number>>

/** A name counts as known from this share of records. */
const rarest = 1 / 10_000
const randomPairs = 4_000_000

/**
 * Counts m and u: how often each level of agreement of each field is found in pairs of one person,
 * and
 * in pairs of two people drawn at random; missing values are left out of both.
 */
export const train = (
  records: readonly Labelled[],
  thresholds: Weights['thresholds'],
  trainedOn: string,
): Weights => {
  const prepared = records.map(({ traits }) => prepare(traits))
  const frequencies = frequenciesOf(prepared)
  const isKnown = (name: string) => Object.hasOwn(frequencies.given, name)
  const count = (into: Counts, a: PreparedTraits, b: PreparedTraits): void => {
    const agreement = agreementOf(a, b, isKnown)
    for (const field of scoredFields) {
      const levels = into[field] ?? {}
      into[field] = levels
      const level = agreement[field]
      if (level !== 'missing') levels[level] = (levels[level] ?? 0) + 1
    }
  }
  const [ofOne, ofTwo]: [Counts, Counts] = [{}, {}]
  for (const [a, b] of truePairs(records))
    withBoth(prepared, a, b, (one, other) => count(ofOne, one, other))
  for (const [a, b] of drawnPairs(records))
    withBoth(prepared, a, b, (one, other) => count(ofTwo, one, other))
  return { trainedOn, levels: levelsOf(ofOne, ofTwo), frequencies, thresholds }
}

const withBoth = (
  prepared: readonly PreparedTraits[],
  a: number,
  b: number,
  then: (one: PreparedTraits, other: PreparedTraits) => void,
): void => {
  const [one, other] = [prepared[a], prepared[b]]
  if (one !== undefined && other !== undefined) then(one, other)
}

function* truePairs(records: readonly Labelled[]): Generator<[number, number]> {
  const of = new Map<string, number[]>()
  for (const [index, { person }] of records.entries())
    of.set(person, [...(of.get(person) ?? []), index])
  for (const its of of.values())
    for (const [at, a] of its.entries()) for (const b of its.slice(at + 1)) yield [a, b]
}

/** Pairs of different people; the same for the same file. */
function* drawnPairs(records: readonly Labelled[]): Generator<[number, number]> {
  let state = 1
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * records.length)
  }
  for (let drawn = 0; drawn < randomPairs; drawn += 1) {
    const [a, b] = [next(), next()]
    if (records[a]?.person !== records[b]?.person) yield [a, b]
  }
}

const levelsOf = (ofOne: Counts, ofTwo: Counts): Weights['levels'] =>
  Object.fromEntries(
    scoredFields.map((field) => [field, sharesOf(ofOne[field] ?? {}, ofTwo[field] ?? {})]),
  )

/** Shares with half a pair added to each level, so that none is impossible. */
const sharesOf = (one: Record<string, number>, two: Record<string, number>) => {
  const levels = [...new Set([...Object.keys(one), ...Object.keys(two)])].toSorted()
  const shareIn = (counts: Record<string, number>) => {
    const all = Object.values(counts).reduce((sum, n) => sum + n, 0) + levels.length / 2
    return (level: string) => threeDigits(((counts[level] ?? 0) + 0.5) / all)
  }
  const [m, u] = [shareIn(one), shareIn(two)]
  return Object.fromEntries(levels.map((level) => [level, { m: m(level), u: u(level) }]))
}

const frequenciesOf = (records: readonly PreparedTraits[]): Weights['frequencies'] => ({
  rarest,
  given: sharesOfNames(records.flatMap(({ names: [name] }) => name?.given || [])),
  family: sharesOfNames(records.flatMap(({ names: [name] }) => name?.family || [])),
})

const sharesOfNames = (names: readonly string[]): Record<string, number> => {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return Object.fromEntries(
    [...counts]
      .map(([name, count]) => [name, threeDigits(count / names.length)] as const)
      .filter(([name, share]) => share >= rarest && name.length > 1)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )
}

const threeDigits = (value: number): number => Number(value.toPrecision(3))
