import { identifierIn } from '@tideway/schemas/public-id'
import type { PersonMember } from '@tideway/schemas/documents/identity'
import { clusterOf } from '../cluster/cluster.ts'
import type { Edge } from '../cluster/edge.ts'
import type { Traits } from '../traits.ts'
import { unknownTraits } from '../traits-of-head.ts'
import type { ReasonedEdge } from './automatic-edges.ts'
import { edgesOf } from './edges.ts'
import { membersOf, organisationIn } from './members.ts'
import { mergeCycles } from './sender-rules.ts'
import type { IdentityFacts } from './statement.ts'
import { eachOnce, type WorkItemFinding } from './work-item-finding.ts'

export type Persons = {
  /** Each source patient is in exactly one; sorted by founder. */
  persons: { founder: string; members: PersonMember[] }[]
  items: WorkItemFinding[]
}

/**
 * The persons that facts and traits make of source patients, and what a steward must decide. It is
 * the same whatever the order of patients, facts and edges, however often a fact is there.
 *
 * @param all        source patients, with every one that a fact or an edge of one of them names
 * @param automatic  edges that matching makes
 */
export const personsOf = (all: readonly IdentityFacts[], automatic: readonly Edge[]): Persons => {
  const identities = new Map(all.map((one) => [one._id, one]))
  const traits = all.map(({ _id, traits }) => traits ?? unknown(_id))
  const { edges, apart, items, merges } = edgesOf(identities, automatic)
  const { groups, made, items: refused } = clusterOf(traits, edges, apart)
  const verified = new Map(traits.map((one) => [one.patient, one]))
  const groupOf = new Map(groups.flatMap((group) => group.map((key) => [key, group] as const)))
  const bridges = (refused as ReasonedEdge[]).map((edge) =>
    refusal(edge, numbersDiffer(groupOf.get(edge.a), groupOf.get(edge.b), verified)),
  )
  const cycles = mergeCycles(merges).map(
    (patients): WorkItemFinding => ({
      kind: 'merge-cycle',
      patients,
      rule: 'merge-cycle',
      score: null,
    }),
  )
  return {
    persons: groups
      .map((group) => membersOf(group, made as ReasonedEdge[], identities))
      .toSorted((one, other) => (one.founder < other.founder ? -1 : 1)),
    items: eachOnce([...items, ...bridges, ...cycles]),
  }
}

const unknown = (key: string): Traits => unknownTraits(key, organisationIn(key), identifierIn(key))

const refusal = ({ a, b, how, rule, score }: ReasonedEdge, differ: boolean): WorkItemFinding => ({
  kind:
    how === 'auto'
      ? 'bridge'
      : how === 'sender' && differ
        ? 'merge-across-numbers'
        : 'merge-refused',
  patients: [a, b].toSorted(),
  rule,
  score: how === 'auto' ? score : null,
})

const statusVerified = '01'

const numbersDiffer = (
  one: readonly string[] | undefined,
  other: readonly string[] | undefined,
  traits: ReadonlyMap<string, Traits>,
): boolean => {
  const numbers = [...(one ?? []), ...(other ?? [])].flatMap((key) => {
    const its = traits.get(key)
    return its?.nhsNumberStatus === statusVerified && its.nhsNumber !== null ? [its.nhsNumber] : []
  })
  return new Set(numbers).size > 1
}
