import type { StoredEdge, WorkItem, WorkItemKind } from '@tideway/schemas/documents/identity'
import { publicId } from '@tideway/schemas/public-id'
import type { KnownPatient } from '../store/identities-store.ts'
import type { IdentityStore } from '../store/store.ts'
import type { WantedPerson } from './person-changes.ts'

/** A question that evaluating found. */
export type IdentityFinding = {
  kind: WorkItemKind
  patients: readonly string[]
  rule: string
  score: number | null
  fields?: Readonly<Record<string, number>>
  messages?: readonly string[]
}

/** `_id` of the item of a kind about these patients: the same finding is one item. */
export const workItemId = (kind: WorkItemKind, patients: readonly string[]): string =>
  publicId([kind, ...patients.toSorted()].join('\n'))

/** Pairs that a steward keeps apart, or has decided to be one. */
const decidedPairs = (known: ReadonlyMap<string, KnownPatient>): Map<string, string> =>
  new Map(
    [...known.values()].flatMap(({ facts }) =>
      facts.flatMap(({ body, withdrawn }) => {
        if (body.type !== 'IdentityDecided' || withdrawn === true) return []
        if (body.decision !== 'KEEP_APART' && body.decision !== 'LINK') return []
        const { patientKeys, decisionId } = body
        return patientKeys.flatMap((a) =>
          patientKeys.flatMap((b) => (a < b ? [[`${a}\n${b}`, decisionId] as const] : [])),
        )
      }),
    ),
  )

const ordered = (a: string, b: string): [string, string] => (a < b ? [a, b] : [b, a])

type Pair = { pair: [string, string]; edge: StoredEdge }

/** The higher score first, then the lower keys. */
const compareScores = (one: Pair, other: Pair): number =>
  other.edge.score - one.edge.score || (one.pair.join('\n') < other.pair.join('\n') ? -1 : 1)

/** Work-item edges that lead from these persons to others, the strongest between each two. */
const possibleLinks = (
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
const heldQuestions = (known: ReadonlyMap<string, KnownPatient>): IdentityFinding[] =>
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

type Evaluating = {
  known: ReadonlyMap<string, KnownPatient>
  wanted: readonly WantedPerson[]
  /** Found by the pure core: bridges, cycles, merges across numbers. */
  items: readonly IdentityFinding[]
  at: Date
  store: Pick<IdentityStore, 'openItems' | 'personsWith'>
}

/**
 * Work items to open and to close, so that those about the patients of a closed set are what was
 * found. One that is decided closes with the decision; one that no longer holds without.
 */
export const itemChanges = async ({ known, wanted, items, at, store }: Evaluating) => {
  const founders = new Map(
    wanted.flatMap(({ founder, members }) => members.map(({ patient }) => [patient, founder])),
  )
  const outside = [
    ...new Set(
      [...known.values()].flatMap(({ edges }) =>
        edges.filter(({ to, how }) => how === 'work-item' && !known.has(to)).map(({ to }) => to),
      ),
    ),
  ]
  const others = await store.personsWith(outside)
  for (const { _id, members } of others)
    for (const { patient } of members) if (!founders.has(patient)) founders.set(patient, `#${_id}`)
  const personOf = (patient: string) => founders.get(patient) ?? patient
  const decided = decidedPairs(known)
  const found = [...items, ...possibleLinks(known, personOf, decided), ...heldQuestions(known)]
  const open = await store.openItems([...known.keys()])
  const before = new Map(open.map((item) => [item._id, item]))
  const wantedItems = found.map(
    ({ kind, patients, rule, score, fields = {}, messages = [] }): WorkItem => ({
      _id: workItemId(kind, patients),
      ...{ kind, rule, score, fields },
      patients: patients.toSorted(),
      messages: [...messages],
      since: at,
      state: 'open',
      closedAt: null,
      decision: null,
    }),
  )
  const ids = new Set(wantedItems.map(({ _id }) => _id))
  const isNews = ({ _id, rule, score, messages }: WorkItem): boolean => {
    const old = before.get(_id)
    return (
      old === undefined ||
      old.rule !== rule ||
      old.score !== score ||
      old.messages.join() !== messages.join()
    )
  }
  return {
    opened: wantedItems.filter(isNews),
    closed: open
      .filter(({ _id }) => !ids.has(_id))
      .map(({ _id, patients }) => ({
        _id,
        at,
        decision: decided.get(patients.join('\n')) ?? decisionOf(_id, known),
      })),
  }
}

/** The decision that names an item. */
const decisionOf = (item: string, known: ReadonlyMap<string, KnownPatient>): string | null => {
  for (const { facts } of known.values())
    for (const { body } of facts)
      if (body.type === 'IdentityDecided' && body.workItem === item) return body.decisionId
  return null
}
