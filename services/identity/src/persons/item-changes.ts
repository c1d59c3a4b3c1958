import type { WorkItem, WorkItemKind } from '@tideway/schemas/documents/identity'
import { publicId } from '@tideway/schemas/public-id'
import type { KnownPatient } from '../store/identities-store.ts'
import type { IdentityStore } from '../store/store.ts'
import { heldQuestions, type IdentityFinding, possibleLinks } from './findings.ts'
import type { WantedPerson } from './person-changes.ts'

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
