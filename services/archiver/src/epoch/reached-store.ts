import type { Collections } from '@tideway/mongo/collections'
import type { ArchiveObject } from '@tideway/schemas/documents/ledger'

/** How far the index of the archive is. */
export const reachedStore = ({ archiveObjects }: Pick<Collections, 'archiveObjects'>) => ({
  /** The last object of a partition, by its number in the archive; null if there is none. */
  async last(partition: number): Promise<ArchiveObject | null> {
    const [found = null] = await archiveObjects
      .find({ partition })
      .sort({ first: -1 })
      .limit(1)
      .toArray()
    return found
  },
})
