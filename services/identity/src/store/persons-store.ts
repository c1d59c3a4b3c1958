import { bulkWriteNew } from '@tideway/mongo/bulk-write-new'
import type { Collections } from '@tideway/mongo/collections'
import type { PersonState, StoredPerson } from '@tideway/schemas/documents/identity'
import { asVersioned, saveVersioned } from './save-versioned-store.ts'

/** Persons, their history, and what of them is not published. */
export const personsStore = ({ persons, personHistory }: Collections) => ({
  /** Persons that have one of these patients as a member. */
  personsWith: (keys: readonly string[]): Promise<StoredPerson[]> =>
    keys.length === 0
      ? Promise.resolve([])
      : persons.find({ 'members.patient': { $in: [...keys] } }).toArray(),

  personsById: (ids: readonly string[]): Promise<StoredPerson[]> =>
    ids.length === 0 ? Promise.resolve([]) : persons.find({ _id: { $in: [...ids] } }).toArray(),

  savePersons: (documents: readonly StoredPerson[]) =>
    saveVersioned(asVersioned(persons), documents),

  async remember(states: readonly PersonState[]): Promise<void> {
    await bulkWriteNew(
      personHistory,
      states.map((document) => ({ insertOne: { document } })),
    )
  },

  /** Persons with changes that `person-events.v1` may not have. */
  unpublished: (limit: number): Promise<StoredPerson[]> =>
    persons
      .find({ 'pending.at': { $exists: true } })
      .limit(limit)
      .toArray(),

  async published(documents: readonly StoredPerson[]): Promise<void> {
    if (documents.length === 0) return
    await persons.bulkWrite(
      documents.map(({ _id, version }) => ({
        updateOne: { filter: { _id, version }, update: { $unset: { pending: '' as const } } },
      })),
      { ordered: false },
    )
  },
})
