import { type PreparedTraits, prepare } from '../compare/prepare.ts'
import { contradictionBetween } from '../decide/decide.ts'
import type { Traits } from '../traits.ts'
import type { Clusters, Edge } from './edge.ts'
import { compareEdges, strongestBetween } from './edge-order.ts'
import { type Groups, groupsOf } from './groups.ts'

/**
 * The persons that edges make of patients, whatever the order in which either is given.
 *
 * Edges are made from the strongest down. None joins two groups that hold a pair kept apart. A
 * sender's does not join two different verified NHS numbers, and an automatic one no pair that
 * contradicts. A group that fits two groups that must stay apart is joined to neither.
 *
 * @param apart  pairs of keys that a steward keeps apart
 */
export const clusterOf = (
  patients: readonly Traits[],
  edges: readonly Edge[],
  apart: readonly (readonly [string, string])[],
): Clusters => clusterOfPrepared(patients.map(prepare), edges, apart)

/** As `clusterOf`, of traits that were made ready. */
export const clusterOfPrepared = (
  patients: readonly PreparedTraits[],
  edges: readonly Edge[],
  apart: readonly (readonly [string, string])[],
): Clusters => {
  const known = new Map(patients.map((one) => [one.patient, one]))
  const groups = groupsOf(known.keys())
  const barriers = barriersOf(known, groups, apart)
  const ordered = edges
    .filter(({ a, b }) => a !== b && known.has(a) && known.has(b))
    .toSorted(compareEdges)
  const refused: Edge[] = []
  const make = (some: readonly Edge[], bars: (a: string, b: string) => boolean): void => {
    for (const edge of some) {
      const [a, b] = [groups.of(edge.a), groups.of(edge.b)]
      if (a === b) continue
      if (bars(a, b)) refused.push(edge)
      else groups.join(a, b)
    }
  }
  const byNumber = ({ a, b }: Edge) => sharesNumber(known.get(a), known.get(b))
  const automatic = ordered.filter(({ how }) => how === 'auto')
  make(
    ordered.filter(({ how }) => how === 'steward'),
    barriers.keptApart,
  )
  make(
    ordered.filter(({ how }) => how === 'sender'),
    barriers.forSenders,
  )
  make(automatic.filter(byNumber), barriers.forAutomatic)
  const byTraits = automatic.filter((edge) => !byNumber(edge))
  const ambiguous = ambiguousOf(groups, byTraits, barriers.forAutomatic)
  refused.push(...ambiguous)
  make(
    byTraits.filter((edge) => !ambiguous.has(edge)),
    barriers.forAutomatic,
  )
  return {
    groups: groups.all(),
    made: ordered.filter(({ a, b }) => groups.of(a) === groups.of(b)),
    items: strongestBetween(groups.of, refused),
  }
}

const sharesNumber = (a: PreparedTraits | undefined, b: PreparedTraits | undefined): boolean =>
  a?.number != null && a.number === b?.number

/** What bars two groups from being joined, by who says that they are one. */
const barriersOf = (
  known: ReadonlyMap<string, PreparedTraits>,
  groups: Groups,
  apart: readonly (readonly [string, string])[],
) => {
  const held = new Set(apart.flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]))
  const somePair = (
    a: string,
    b: string,
    test: (one: PreparedTraits, other: PreparedTraits) => boolean,
  ) =>
    groups.members(a).some((one) =>
      groups.members(b).some((other) => {
        const [left, right] = [known.get(one), known.get(other)]
        return left !== undefined && right !== undefined && test(left, right)
      }),
    )
  const keptApart = (a: string, b: string): boolean =>
    held.size > 0 && somePair(a, b, (one, other) => held.has(`${one.patient} ${other.patient}`))
  const numbersOf = (group: string): Set<string> =>
    new Set(groups.members(group).flatMap((patient) => known.get(patient)?.number ?? []))
  /**
   * A steward or a sender may have joined two numbers; a record with one of them still belongs
   * there.
   */
  const contradict = (a: string, b: string): boolean => {
    const [ours, others] = [numbersOf(a), numbersOf(b)]
    const settled =
      ours.size + others.size > 2 && (isWithin(ours, others) || isWithin(others, ours))
    return somePair(a, b, (one, other) => contradictionBetween(one, other, settled) !== null)
  }
  return {
    keptApart,
    forSenders: (a: string, b: string): boolean =>
      keptApart(a, b) || somePair(a, b, verifiedNumbersDiffer),
    forAutomatic: (a: string, b: string): boolean => keptApart(a, b) || contradict(a, b),
  }
}

const isWithin = (some: ReadonlySet<string>, all: ReadonlySet<string>): boolean =>
  [...some].every((one) => all.has(one))

const verifiedNumbersDiffer = (a: PreparedTraits, b: PreparedTraits): boolean =>
  a.verified !== null && b.verified !== null && a.verified !== b.verified

/** Edges from a group that fits two groups which must not be one: a third record is no bridge. */
const ambiguousOf = (
  groups: Groups,
  edges: readonly Edge[],
  bars: (a: string, b: string) => boolean,
): ReadonlySet<Edge> => {
  const from = new Map<string, Map<string, Edge[]>>()
  const add = (here: string, there: string, edge: Edge): void => {
    const targets = from.get(here) ?? new Map<string, Edge[]>()
    from.set(here, targets.set(there, [...(targets.get(there) ?? []), edge]))
  }
  for (const edge of edges) {
    const [a, b] = [groups.of(edge.a), groups.of(edge.b)]
    if (a === b) continue
    add(a, b, edge)
    add(b, a, edge)
  }
  return new Set([...from.values()].flatMap((targets) => rivalsOf(targets, bars)))
}

/** Of the edges from one group, those to groups that bar each other. */
const rivalsOf = (
  targets: ReadonlyMap<string, readonly Edge[]>,
  bars: (a: string, b: string) => boolean,
): Edge[] =>
  [...targets].flatMap(([one, its]) =>
    [...targets].some(([other]) => one !== other && bars(one, other)) ? its : [],
  )
