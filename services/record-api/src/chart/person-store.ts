import type { Collections } from '@tideway/mongo/collections'
import type { StoredPerson } from '@tideway/schemas/documents/identity'

/** Open work items are counted up to this. */
const mostItems = 100

/** What the identity service says of who is who. */
export const personStore = ({
  persons,
  workItems,
}: Pick<Collections, 'persons' | 'workItems'>) => ({
  /**
   * The person that a source patient is a member of, in one look-up; null while it is not known, or
   * is being changed.
   */
  async personOf(patientKey: string): Promise<StoredPerson | null> {
    const found = await persons.find({ 'members.patient': patientKey }).limit(2).toArray()
    return found.length === 1 ? (found[0] ?? null) : null
  },

  /** Open work items about any of these patients. */
  countUndecided: async (patientKeys: readonly string[]): Promise<number> =>
    (
      await workItems
        .find(
          { patients: { $in: [...patientKeys] }, state: 'open' },
          { projection: { _id: 1 }, limit: mostItems },
        )
        .toArray()
    ).length,
})
