import { bulkWriteNew } from '@tideway/mongo/bulk-write-new'
import type { Collection } from 'mongodb'

type Versioned = { _id: string; version: number }

/** Writes documents guarded by version. @returns how many another writer changed first */
export const saveVersioned = async (
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

export const asVersioned = (collection: unknown) => collection as Collection<Versioned>
