import type { Edge } from '../cluster/edge.ts'
import { automaticEdges, newToUnlinked, type ReasonedEdge } from './automatic-edges.ts'
import { standingStatements } from './sender-rules.ts'
import {
  type IdentityFacts,
  pairOf,
  type SenderStatement,
  senderStatements,
  stewardDecisions,
} from './statement.ts'
import { isNewTo, type StewardRules, stewardRulesOf } from './steward-rules.ts'
import { finding, type WorkItemFinding } from './work-item-finding.ts'

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

/** What a sender says after a steward decided otherwise: the decision holds; an item says so. */
const contradictingSteward = (one: SenderStatement, { pairs }: StewardRules): WorkItemFinding[] => {
  const decided = pairs.get(pairOf(one.a, one.b))
  if (decided === undefined || decided.version > one.version) return []
  if (decided.kind === 'KEEP_APART' && one.kind !== 'unlink')
    return [finding('merge-refused', one, senderRules[one.kind])]
  return decided.kind === 'LINK' && one.kind === 'unlink'
    ? [finding('merge-refused', one, 'sender-unlinked')]
    : []
}
