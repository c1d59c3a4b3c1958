import type { Traits } from '@tideway/identity/traits'
import type { Collections } from '@tideway/mongo/collections'
import type { Identity, Person, WorkItem } from '@tideway/schemas/documents/identity'
import type { IdentityConflict } from '@tideway/schemas/documents/identity-conflict'
import type { Collection } from 'mongodb'

/** Where a page of work items begins: after this one. */
export type ItemPlace = { since: Date; _id: string }

/** What stewards read of identity. It writes nothing: decisions are events. */
export const stewardStore = (collections: Collections) => {
  const { persons, workItems, identityConflicts } = collections
  const identities = collections.identities as unknown as Collection<Identity<Traits>>
  return {
    identitiesOf: (keys: readonly string[]): Promise<Identity<Traits>[]> =>
      identities.find({ _id: { $in: [...keys] } }).toArray(),

    /** Every person that one of these patients is a member of. */
    personsOf: (keys: readonly string[]): Promise<Person[]> =>
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
