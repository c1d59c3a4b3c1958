import type { Collections } from '@tideway/mongo/collections'
import type { ArchiveObject } from '@tideway/schemas/documents/ledger'

/** The index of the archive as a restore reads it. */
export const objectsStore = ({ archiveObjects }: Pick<Collections, 'archiveObjects'>) => ({
  /** Every object of a partition, by its number in the archive. */
  of: (partition: number): Promise<Pick<ArchiveObject, 'first' | 'last'>[]> =>
    archiveObjects.find({ partition }, { projection: { first: 1, last: 1 } }).toArray(),
})
