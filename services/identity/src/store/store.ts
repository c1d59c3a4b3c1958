import type { Collection } from 'mongodb'
import { bulkWriteNew } from '@tideway/mongo/bulk-write-new'
import type { Collections } from '@tideway/mongo/collections'
import type { Traits } from '@tideway/identity/traits'
import type { PatientHead } from '@tideway/schemas/documents/head'
import {
  type Identity,
  type Person,
  type PersonState,
  type WorkItem,
  type WorkItemKind,
  workItemKinds,
} from '@tideway/schemas/documents/identity'
import { expandHead } from '@tideway/schemas/documents/storage-format'

export type KnownPatient = Identity<Traits>

/** Fields of a head that traits are made of. */
const ofTraits = {
  organisation: 1,
  identifier: 1,
  version: 1,
  nhsNumber: 1,
  birthDate: 1,
  details: 1,
  identifiers: 1,
  encounters: 1,
  freshness: 1,
  gone: 1,
  conflict: 1,
  placeholder: 1,
  placeholderSuspected: 1,
} as const

type Versioned = { _id: string; version: number }

/** Writes documents guarded by version. @returns how many another writer changed first */
const saveVersioned = async (
  collection: Collection<Versioned>,
  documents: readonly Versioned[],
): Promise<number> => {
  const isFirst = ({ version }: Versioned): boolean => version === 1
  const later = documents.filter((document) => !isFirst(document))
  const existing = await bulkWriteNew(
    collection,
    documents.filter(isFirst).map((document) => ({ insertOne: { document } })),
  )
  if (later.length === 0) return existing.size
  const { matchedCount } = await collection.bulkWrite(
    later.map((document) => ({
      replaceOne: {
        filter: { _id: document._id, version: document.version - 1 },
        replacement: document,
      },
    })),
    { ordered: false },
  )
  return existing.size + later.length - matchedCount
}

const asVersioned = (collection: unknown) => collection as Collection<Versioned>

const identities = (collections: Collections) => {
  const all = collections.identities as unknown as Collection<KnownPatient>
  return {
    /** What is known of these patients; those of whom nothing is known are absent. */
    async load(keys: readonly string[]): Promise<Map<string, KnownPatient>> {
      if (keys.length === 0) return new Map()
      const found = await all.find({ _id: { $in: [...keys] } }).toArray()
      return new Map(found.map((one) => [one._id, one]))
    },

    save: (documents: readonly KnownPatient[]) => saveVersioned(asVersioned(all), documents),

    /** Patients that share one of these block keys, up to `limit`. */
    sharing: (blockKeys: readonly string[], limit: number): Promise<KnownPatient[]> =>
      blockKeys.length === 0
        ? Promise.resolve([])
        : all
            .find({ blockKeys: { $in: [...blockKeys] } })
            .limit(limit)
            .toArray(),

    /** Keys of patients whose facts name one of these. */
    async mentioning(keys: readonly string[]): Promise<string[]> {
      if (keys.length === 0) return []
      const found = await all
        .find({ mentions: { $in: [...keys] } }, { projection: { _id: 1 } })
        .toArray()
      return found.map(({ _id }) => _id)
    },

    /** Keys of patients whose persons may not be up to date. */
    async due(limit: number): Promise<string[]> {
      const found = await all
        .find({ due: true }, { projection: { _id: 1 } })
        .limit(limit)
        .toArray()
      return found.map(({ _id }) => _id)
    },

    /** Their persons are up to date with these versions of what is known. */
    async settle(documents: readonly KnownPatient[]): Promise<void> {
      const settled = documents.filter(({ due }) => due === true)
      if (settled.length === 0) return
      await all.bulkWrite(
        settled.map(({ _id, version }) => ({
          updateOne: { filter: { _id, version }, update: { $unset: { due: '' as const } } },
        })),
        { ordered: false },
      )
    },
  }
}

const personDocuments = ({ persons, personHistory }: Collections) => ({
  /** Persons that have one of these patients as a member. */
  personsWith: (keys: readonly string[]): Promise<Person[]> =>
    keys.length === 0
      ? Promise.resolve([])
      : persons.find({ 'members.patient': { $in: [...keys] } }).toArray(),

  personsById: (ids: readonly string[]): Promise<Person[]> =>
    ids.length === 0 ? Promise.resolve([]) : persons.find({ _id: { $in: [...ids] } }).toArray(),

  savePersons: (documents: readonly Person[]) => saveVersioned(asVersioned(persons), documents),

  async remember(states: readonly PersonState[]): Promise<void> {
    await bulkWriteNew(
      personHistory,
      states.map((document) => ({ insertOne: { document } })),
    )
  },

  /** Persons with changes that `person-events.v1` may not have. */
  unpublished: (limit: number): Promise<Person[]> =>
    persons
      .find({ 'pending.at': { $exists: true } })
      .limit(limit)
      .toArray(),

  async published(documents: readonly Person[]): Promise<void> {
    if (documents.length === 0) return
    await persons.bulkWrite(
      documents.map(({ _id, version }) => ({
        updateOne: { filter: { _id, version }, update: { $unset: { pending: '' as const } } },
      })),
      { ordered: false },
    )
  },
})

const workItemDocuments = ({ workItems }: Collections) => ({
  openItems: (keys: readonly string[]): Promise<WorkItem[]> =>
    keys.length === 0
      ? Promise.resolve([])
      : workItems.find({ patients: { $in: [...keys] }, state: 'open' }).toArray(),

  /** Opens items; one that is open already stays as it is but for what it says. */
  async openWorkItems(items: readonly WorkItem[]): Promise<void> {
    if (items.length === 0) return
    const existing = await bulkWriteNew(
      workItems,
      items.map((document) => ({ insertOne: { document } })),
    )
    const known = items.filter((_, index) => existing.has(index))
    if (known.length > 0)
      await workItems.bulkWrite(
        known.map(({ _id, since: _, ...fields }) => ({
          updateOne: { filter: { _id }, update: { $set: fields } },
        })),
        { ordered: false },
      )
  },

  async closeWorkItems(
    closed: readonly { _id: string; at: Date; decision: string | null }[],
  ): Promise<void> {
    if (closed.length === 0) return
    await workItems.bulkWrite(
      closed.map(({ _id, at, decision }) => ({
        updateOne: {
          filter: { _id, state: 'open' as const },
          update: { $set: { state: 'closed' as const, closedAt: at, decision } },
        },
      })),
      { ordered: false },
    )
  },
})

/** What identity reads of the record: heads of one generation. */
export const headReader = ({ patients }: Pick<Collections, 'patients'>) => ({
  async heads(keys: readonly string[]): Promise<Map<string, PatientHead>> {
    if (keys.length === 0) return new Map()
    const found = await patients
      .find({ _id: { $in: [...keys] } }, { projection: ofTraits })
      .map(expandHead)
      .toArray()
    return new Map(found.map((head) => [head._id, head]))
  },

  /** Keys of all patients in order, page by page. @param after  null: from the first */
  async keysAfter(after: string | null, limit: number): Promise<string[]> {
    const found = await patients
      .find(after === null ? {} : { _id: { $gt: after } }, { projection: { _id: 1 } })
      .sort({ _id: 1 })
      .limit(limit)
      .toArray()
    return found.map(({ _id }) => _id)
  },
})

const stateDocument = ({ identityState, workItems }: Collections) => ({
  /** Generation of the record of which every patient was considered; null: of none. */
  async consideredGeneration(): Promise<number | null> {
    return (await identityState.findOne({ _id: 'identity' }))?.generation ?? null
  },

  async setConsidered(generation: number): Promise<void> {
    await identityState.replaceOne({ _id: 'identity' }, { generation }, { upsert: true })
  },

  /** Open work items by kind. */
  async countOpen(): Promise<Map<WorkItemKind, number>> {
    const counts = await Promise.all(
      workItemKinds.map(
        async (kind) => [kind, await workItems.countDocuments({ state: 'open', kind })] as const,
      ),
    )
    return new Map(counts)
  },
})

/** The documents that identity keeps. */
export const identityStore = (collections: Collections) => ({
  ...stateDocument(collections),
  ...identities(collections),
  ...personDocuments(collections),
  ...workItemDocuments(collections),
})

export type IdentityStore = ReturnType<typeof identityStore>
export type HeadReader = ReturnType<typeof headReader>
