import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Traits } from '@tideway/identity/traits'
import type { Identity, StoredPerson, WorkItem } from '@tideway/schemas/documents/identity'
import type { IdentityConflict } from '@tideway/schemas/documents/identity-conflict'
import type { IdentityDecided } from '@tideway/schemas/events.generated'
import type { IdSeal } from '@tideway/schemas/id-seal'
import { generationKeyOf, patientKeyOf } from '@tideway/schemas/public-id'
import type { Subject } from '../chart/access.ts'
import { ApiError } from '../errors.ts'
import type { ItemPlace, StewardStore } from './identity-store.ts'

/** A source patient as a steward names it. */
export type PatientRef = { organisation: string; identifier: string; generation?: number }

export type StewardshipPorts = {
  store: () => Promise<StewardStore>
  ids: Pick<IdSeal, 'seal' | 'open'>
  /** Resolves when the decision is durable. */
  publish: (decision: IdentityDecided) => Promise<void>
}

/** What a decision led to. */
export type DecisionResult = { decision: string; effective: boolean; persons: StoredPerson[] }

/** A work item with what a steward needs to decide it. */
export type ItemReading = {
  item: WorkItem
  identities: Identity<Traits>[]
  conflicts: IdentityConflict[]
}

/** A decision is in force everywhere within a second; an answer waits no longer than this. */
const effectiveWithinMs = 2_000
const lookEveryMs = 25
const pageItems = 50

const decisions = {
  'same-person': 'SAME_PERSON',
  'other-person': 'OTHER_PERSON',
  'wrong-message': 'WRONG_MESSAGE',
} as const
export type ConflictDecision = keyof typeof decisions
export const conflictDecisions = Object.keys(decisions) as ConflictDecision[]

const keyOf = ({ organisation, identifier, generation = 1 }: PatientRef): string =>
  generationKeyOf(patientKeyOf(organisation.trim().toUpperCase(), identifier.trim()), generation)

/** What an identity steward may read and decide. */
export const stewardship = ({ store, ids, publish }: StewardshipPorts) => {
  const requireKnown = async (keys: readonly string[]): Promise<void> => {
    const known = await (await store()).identitiesOf(keys)
    const heard = new Set(known.map(({ _id }) => _id))
    if (keys.some((key) => !heard.has(key))) throw new ApiError('NO_SUCH_NUMBER')
  }

  /**
   * Whether every patient's person names the decision, and all that follows is done: work items, if
   * any, are closed.
   */
  const isEffective = async (
    { decisionId, patientKeys, workItem, messages }: IdentityDecided,
    persons: readonly StoredPerson[],
  ): Promise<boolean> => {
    const named = patientKeys.every((key) =>
      persons.some(
        ({ members, decisions: those }) =>
          those.includes(decisionId) && members.some(({ patient }) => patient === key),
      ),
    )
    if (!named) return false
    const reader = await store()
    // The mark goes last: after persons, work items and the event.
    const known = await reader.identitiesOf(patientKeys)
    if (known.some(({ due }) => due === true)) return false
    if (workItem === null) return true
    const item = await reader.item([workItem])
    const holds = item?.messages.some((message) => messages.includes(message)) ?? false
    return item === null || item.state === 'closed' || !holds
  }

  const decide = async (
    subject: Subject,
    made: Pick<IdentityDecided, 'decision' | 'patientKeys' | 'reason'> & Partial<IdentityDecided>,
  ): Promise<DecisionResult> => {
    const decision: IdentityDecided = {
      ...{ type: 'IdentityDecided', decisionId: randomUUID(), messages: [], from: null },
      ...{ workItem: null, by: subject.who, organisation: subject.organisation, ...made },
    }
    await publish(decision).catch((cause: unknown) => {
      throw new ApiError('LOG_UNAVAILABLE', { cause })
    })
    const end = performance.now() + effectiveWithinMs
    for (;;) {
      const persons = await (await store()).personsOf(decision.patientKeys)
      const effective = await isEffective(decision, persons)
      if (effective || performance.now() > end)
        return { decision: decision.decisionId, effective, persons }
      await wait(lookEveryMs)
    }
  }

  const ofPair = async (
    subject: Subject,
    decision: 'LINK' | 'KEEP_APART',
    { a, b, reason }: { a: PatientRef; b: PatientRef; reason: string },
  ): Promise<DecisionResult> => {
    const patientKeys = [keyOf(a), keyOf(b)]
    if (patientKeys[0] === patientKeys[1]) throw new ApiError('SAME_NUMBER')
    await requireKnown(patientKeys)
    return decide(subject, { decision, patientKeys, reason })
  }

  return {
    sealId: ids.seal,

    /** @throws ApiError NO_SUCH_NUMBER; PERSON_PENDING while it is not known */
    async findPerson(patient: PatientRef): Promise<StoredPerson> {
      const key = keyOf(patient)
      await requireKnown([key])
      const [person, another] = await (await store()).personsOf([key])
      if (person === undefined || another !== undefined) throw new ApiError('PERSON_PENDING')
      return person
    },

    link: (subject: Subject, pair: { a: PatientRef; b: PatientRef; reason: string }) =>
      ofPair(subject, 'LINK', pair),
    keepApart: (subject: Subject, pair: { a: PatientRef; b: PatientRef; reason: string }) =>
      ofPair(subject, 'KEEP_APART', pair),

    async unlink(subject: Subject, { patient, reason }: { patient: PatientRef; reason: string }) {
      const patientKeys = [keyOf(patient)]
      await requireKnown(patientKeys)
      return decide(subject, { decision: 'UNLINK', patientKeys, reason })
    },

    /** @param from  instant, ISO 8601 */
    async splitNumber(
      subject: Subject,
      { patient, from, reason }: { patient: PatientRef; from: string; reason: string },
    ): Promise<DecisionResult> {
      const patientKeys = [keyOf(patient)]
      await requireKnown(patientKeys)
      return decide(subject, {
        ...{ decision: 'SPLIT_NUMBER', patientKeys, reason, from: Date.parse(from) },
      })
    },

    /** @throws ApiError NO_SUCH_WORK_ITEM if no conflict of that id is open */
    async resolveConflict(
      subject: Subject,
      {
        workItem,
        decision,
        reason,
      }: { workItem: string; decision: ConflictDecision; reason: string },
    ): Promise<DecisionResult> {
      const item = await (await store()).item(ids.open(workItem))
      if (item === null || item.state !== 'open' || item.kind !== 'identity-conflict')
        throw new ApiError('NO_SUCH_WORK_ITEM')
      return decide(subject, {
        ...{ decision: decisions[decision], patientKeys: item.patients, reason },
        ...{ messages: item.messages, workItem: item._id },
      })
    },

    /** Open work items, the oldest first; `more`: there are later ones. */
    async workItems(after: ItemPlace | null): Promise<{ items: ItemReading[]; more: boolean }> {
      const reader = await store()
      const start = after === null ? null : { ...after, _id: ids.open(after._id)[0] ?? '' }
      const found = await reader.openItems(start, pageItems + 1)
      const items = found.slice(0, pageItems)
      const keys = [...new Set(items.flatMap(({ patients }) => patients))]
      const [identities, conflicts] = await Promise.all([
        reader.identitiesOf(keys),
        reader.conflictsOf(keys),
      ])
      return {
        items: items.map((item) => ({
          item,
          identities: identities.filter(({ _id }) => item.patients.includes(_id)),
          conflicts:
            item.kind === 'identity-conflict'
              ? conflicts.filter(({ patient }) => item.patients.includes(patient))
              : [],
        })),
        more: found.length > pageItems,
      }
    },
  }
}

export type Stewardship = ReturnType<typeof stewardship>
