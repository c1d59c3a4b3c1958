import type { StoredEdge, WorkItemKind } from '@tideway/schemas/documents/identity'
import type { KnownPatient } from '../store/identities-store.ts'

/** A question that evaluating found. */
export type IdentityFinding = {
  kind: WorkItemKind
  patients: readonly string[]
  rule: string
  score: number | null
  fields?: Readonly<Record<string, number>>
  messages?: readonly string[]
}

const ordered = (a: string, b: string): [string, string] => (a < b ? [a, b] : [b, a])

type Pair = { pair: [string, string]; edge: StoredEdge }

/** The higher score first, then the lower keys. */
const compareScores = (one: Pair, other: Pair): number =>
  other.edge.score - one.edge.score || (one.pair.join('\n') < other.pair.join('\n') ? -1 : 1)

/** Work-item edges that lead from these persons to others, the strongest between each two. */
export const possibleLinks = (
  known: ReadonlyMap<string, KnownPatient>,
  personOf: (patient: string) => string,
  decided: ReadonlyMap<string, string>,
): IdentityFinding[] => {
  const between = ([a, b]: [string, string]): string => ordered(personOf(a), personOf(b)).join('\n')
  const settled = new Set(
    [...decided.keys()].map((pair) => between(pair.split('\n') as [string, string])),
  )
  const pairs = [...known.values()]
    .flatMap(({ _id, edges }) => edges.map((edge): Pair => ({ pair: ordered(_id, edge.to), edge })))
    .filter(({ pair: [a, b], edge: { how } }) => how === 'work-item' && personOf(a) !== personOf(b))
    .filter(({ pair }) => !settled.has(between(pair)))
    .toSorted(compareScores)
  const strongest = new Map(pairs.toReversed().map((one) => [between(one.pair), one]))
  return [...strongest.values()].map(({ pair, edge: { rule, score, fields } }) => ({
    kind: rule.startsWith('number-shared') ? 'number-shared' : 'possible-link',
    patients: pair,
    ...{ rule, score, fields },
  }))
}

/** What the projector holds for a steward. */
export const heldQuestions = (known: ReadonlyMap<string, KnownPatient>): IdentityFinding[] =>
  [...known.values()].flatMap(({ _id, conflict, placeholderSuspected }): IdentityFinding[] => [
    ...(conflict === undefined
      ? []
      : [
          {
            kind: 'identity-conflict' as const,
            patients: [_id],
            rule: conflict.fields.toSorted().join(' '),
            score: null,
            messages: conflict.messages,
          },
        ]),
    ...(placeholderSuspected === true
      ? [
          {
            kind: 'placeholder-suspected' as const,
            patients: [_id],
            rule: 'several-people',
            score: null,
          },
        ]
      : []),
  ])
