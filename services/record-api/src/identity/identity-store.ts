import type { Traits } from '@tideway/identity/traits'
import type { Collections } from '@tideway/mongo/collections'
import type { Identity, StoredPerson, WorkItem } from '@tideway/schemas/documents/identity'
import type { IdentityConflict } from '@tideway/schemas/documents/identity-conflict'

/** Where a page of work items begins: after this one. */
export type ItemPlace = { since: Date; _id: string }

/** What stewards read of identity. It writes nothing: decisions are events. */
export const stewardStore = (collections: Collections) => {
  const { identities, persons, workItems, identityConflicts } = collections
  return {
    identitiesOf: async (keys: readonly string[]): Promise<Identity<Traits>[]> =>
      (await identities.find({ _id: { $in: [...keys] } }).toArray()) as Identity<Traits>[],

    /** Every person that one of these patients is a member of. */
    personsOf: (keys: readonly string[]): Promise<StoredPerson[]> =>
      persons.find({ 'members.patient': { $in: [...keys] } }).toArray(),

    /** Open work items, the oldest first. */
    openItems: (after: ItemPlace | null, limit: number): Promise<WorkItem[]> =>
      workItems
        .find({
          state: 'open',
          ...(after === null
            ? {}
            : {
                $or: [
                  { since: { $gt: after.since } },
                  { since: after.since, _id: { $gt: after._id } },
                ],
              }),
        })
        .sort({ since: 1, _id: 1 })
        .limit(limit)
        .toArray(),

    item: (ids: readonly string[]): Promise<WorkItem | null> =>
      workItems.findOne({ _id: { $in: [...ids] } }),

    /** What messages in conflict say of the patients whose numbers they name. */
    conflictsOf: (keys: readonly string[]): Promise<IdentityConflict[]> =>
      identityConflicts
        .find({ patient: { $in: [...keys] } })
        .limit(100)
        .toArray(),
  }
}

export type StewardStore = ReturnType<typeof stewardStore>
