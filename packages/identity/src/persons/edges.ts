import type { Edge } from '../cluster/edge.ts'
import { standingStatements } from './sender-rules.ts'
import {
  type IdentityFacts,
  pairOf,
  type SenderStatement,
  senderStatements,
  stewardDecisions,
} from './statement.ts'
import { isNewTo, type StewardRules, stewardRulesOf, unlinkedAt } from './steward-rules.ts'
import type { WorkItemFinding } from './work-item-finding.ts'

/** An edge, who made it and since when. */
export type ReasonedEdge = Edge & {
  /** The steward, the message of a sender, or `tideway`. */
  by: string
  since: Date
}

export type Edges = {
  edges: ReasonedEdge[]
  /** Pairs that nothing may join. */
  apart: [string, string][]
  items: WorkItemFinding[]
  /** Merges that stand, for their direction. */
  merges: SenderStatement[]
}

/** By kind of statement: the rule a member is there by. */
const senderRules = {
  merge: 'sender-merged',
  link: 'sender-linked',
  change: 'sender-changed-number',
  move: 'sender-moved-number',
} as const

/** Older statements are made before newer ones that contradict them. */
const ranked = <T extends Pick<Edge, 'score'>>(edges: readonly T[]): T[] =>
  edges.map((edge, index) => ({ ...edge, score: -index }))

const finding = (
  kind: WorkItemFinding['kind'],
  { a, b }: { a: string; b: string },
  rule: string,
  score: number | null = null,
): WorkItemFinding => ({ kind, patients: [a, b].toSorted(), rule, score })

/** What joins source patients, what keeps them apart, and where the two need a steward. */
export const edgesOf = (
  identities: ReadonlyMap<string, IdentityFacts>,
  automatic: readonly Edge[],
): Edges => {
  const all = [...identities.values()]
  const stewards = stewardRulesOf(stewardDecisions(all))
  const said = [...standingStatements(senderStatements(all)).values()]
  const senders = said.map(({ newest }) => newest).toSorted(byTime)
  const unlinks = new Set(
    senders.filter(({ kind }) => kind === 'unlink').map(({ a, b }) => pairOf(a, b)),
  )
  const decided = [...stewards.pairs.values()].toSorted((a, b) => byTime(a, b))
  const links = senders.filter((one) => isStanding(one, stewards))
  return {
    edges: [
      ...ranked(decided.filter(({ kind }) => kind === 'LINK').map(stewardEdge)),
      ...ranked(links.map(senderEdge)),
      ...automaticEdges(automatic, identities, stewards, unlinks),
    ],
    apart: [
      ...decided.filter(({ kind }) => kind === 'KEEP_APART'),
      ...senders.filter(
        ({ kind, a, b }) => kind === 'unlink' && stewards.pairs.get(pairOf(a, b))?.kind !== 'LINK',
      ),
    ].map(({ a, b }) => [a, b]),
    items: [
      ...senders.flatMap((one) => contradictingSteward(one, stewards)),
      ...newToUnlinked(automatic, identities, stewards),
    ],
    merges: said.flatMap(({ merges }) => merges).filter((one) => isStanding(one, stewards)),
  }
}

type Timed = { version: string; a: string; b: string }
const byTime = (one: Timed, other: Timed): number => {
  const [left, right] = [one, other].map(({ version, a, b }) => `${version} ${pairOf(a, b)}`)
  return (left ?? '') < (right ?? '') ? -1 : 1
}

const stewardEdge = ({
  a,
  b,
  by,
  receivedAt,
}: {
  a: string
  b: string
  by: string
  receivedAt: Date
}): ReasonedEdge => ({
  a,
  b,
  how: 'steward',
  rule: 'steward-linked',
  score: 0,
  by,
  since: receivedAt,
})

const senderEdge = ({ kind, a, b, message, receivedAt }: SenderStatement): ReasonedEdge => ({
  a,
  b,
  how: 'sender',
  rule: kind === 'unlink' ? 'sender-unlinked' : senderRules[kind],
  score: 0,
  by: message,
  since: receivedAt,
})

/** A sender's link that no steward has spoken against, nor taken its patient out of since. */
const isStanding = ({ kind, a, b, version }: SenderStatement, stewards: StewardRules): boolean =>
  kind !== 'unlink' &&
  stewards.pairs.get(pairOf(a, b))?.kind !== 'KEEP_APART' &&
  isNewTo(stewards, a, b, version)

/** What a sender says after a steward decided otherwise: the decision holds; a work item says so. */
const contradictingSteward = (one: SenderStatement, { pairs }: StewardRules): WorkItemFinding[] => {
  const decided = pairs.get(pairOf(one.a, one.b))
  if (decided === undefined || decided.version > one.version) return []
  if (decided.kind === 'KEEP_APART' && one.kind !== 'unlink')
    return [finding('merge-refused', one, senderRules[one.kind])]
  return decided.kind === 'LINK' && one.kind === 'unlink'
    ? [finding('merge-refused', one, 'sender-unlinked')]
    : []
}

/** A pair that a person spoke about is settled, and one whose patient was taken out stays so. */
const automaticEdges = (
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
const newToUnlinked = (
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
