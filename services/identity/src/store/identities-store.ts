import type { Traits } from '@tideway/identity/traits'
import type { Collections } from '@tideway/mongo/collections'
import type { Identity } from '@tideway/schemas/documents/identity'
import type { Collection } from 'mongodb'
import { asVersioned, saveVersioned } from './save-versioned-store.ts'

export type KnownPatient = Identity<Traits>

/** What is known of each source patient. */
export const identitiesStore = (collections: Collections) => {
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
