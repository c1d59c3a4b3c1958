import type { Collections } from '@tideway/mongo/collections'
import type { ArchiveObject, LedgerMessage } from '@tideway/schemas/documents/ledger'

/** What the archive says of a message; the rest of its ledger document comes from elsewhere. */
const fromArchive = ({ _id, parked, duplicates, partition, offset, ...fields }: LedgerMessage) => ({
  filter: { _id },
  update: { $set: fields, $setOnInsert: { parked, duplicates, partition, offset } },
  upsert: true,
})

/** Writes of a rebuild: what is missing is added, what the archive says otherwise is corrected. */
export const rebuildStore = ({
  messages,
  archiveObjects,
}: Pick<Collections, 'messages' | 'archiveObjects'>) => ({
  /** @returns how many were missing */
  async putMessages(read: readonly LedgerMessage[]): Promise<number> {
    if (read.length === 0) return 0
    const { upsertedCount } = await messages.bulkWrite(
      read.map((message) => ({ updateOne: fromArchive(message) })),
      { ordered: false },
    )
    return upsertedCount
  },

  /** @returns whether it was missing */
  async putObject(object: ArchiveObject): Promise<boolean> {
    const { upsertedCount } = await archiveObjects.replaceOne({ _id: object._id }, object, {
      upsert: true,
    })
    return upsertedCount === 1
  },

  /** Keys of the index of which the archive has no object. */
  async removeObjects(isThere: (key: string) => Promise<boolean>): Promise<number> {
    const gone: string[] = []
    for await (const { _id } of archiveObjects.find({}, { projection: { _id: 1 } }))
      if (!(await isThere(_id))) gone.push(_id)
    if (gone.length > 0) await archiveObjects.deleteMany({ _id: { $in: gone } })
    return gone.length
  },
})
