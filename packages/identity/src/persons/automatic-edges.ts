import type { Edge } from '../cluster/edge.ts'
import { type IdentityFacts, pairOf } from './statement.ts'
import { type StewardRules, unlinkedAt } from './steward-rules.ts'
import { finding, type WorkItemFinding } from './work-item-finding.ts'

/** An edge, who made it and since when. */
export type ReasonedEdge = Edge & {
  /** The steward, the message of a sender, or `tideway`. */
  by: string
  since: Date
}

/** A pair that a person spoke about is settled, and one whose patient was taken out stays so. */
export const automaticEdges = (
  automatic: readonly Edge[],
  identities: ReadonlyMap<string, IdentityFacts>,
  stewards: StewardRules,
  unlinks: ReadonlySet<string>,
): ReasonedEdge[] =>
  automatic.flatMap((edge): ReasonedEdge[] => {
    const [one, other] = [identities.get(edge.a), identities.get(edge.b)]
    const pair = pairOf(edge.a, edge.b)
    if (one === undefined || other === undefined) return []
    if (stewards.pairs.has(pair) || unlinks.has(pair)) return []
    if (unlinkedAt(stewards, edge.a, edge.b) !== null) return []
    return [{ ...edge, by: 'tideway', since: later(one.firstHeard, other.firstHeard) }]
  })

const later = (one: Date, other: Date): Date => (one > other ? one : other)

/** A patient first heard of after an UNLINK is new evidence: a work item, never a link. */
export const newToUnlinked = (
  automatic: readonly Edge[],
  identities: ReadonlyMap<string, IdentityFacts>,
  stewards: StewardRules,
): WorkItemFinding[] =>
  automatic.flatMap((edge) => {
    const [one, other] = [identities.get(edge.a), identities.get(edge.b)]
    const unlink = unlinkedAt(stewards, edge.a, edge.b)
    if (unlink === null || one === undefined || other === undefined) return []
    if (stewards.pairs.has(pairOf(edge.a, edge.b))) return []
    return later(one.firstHeard, other.firstHeard) > unlink.receivedAt
      ? [finding('possible-link', edge, edge.rule, edge.score)]
      : []
  })
