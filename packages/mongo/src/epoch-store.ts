import type { Epoch } from '@tideway/schemas/documents/epoch'
import { bulkWriteNew } from './bulk-write-new.ts'
import type { Collections } from './collections.ts'

const _id = 'epoch'

/** The epoch that a database carries. */
export const epochStore = (collections: Collections) => {
  const { epoch, patients, messages, archiveObjects } = collections
  const read = async (): Promise<Epoch | null> => {
    const found = await epoch.findOne({ _id })
    if (found === null) return null
    const { _id: _, ...rest } = found
    return rest
  }
  const isEmpty = async (): Promise<boolean> => {
    const any = await Promise.all([
      patients.findOne({}, { projection: { _id: 1 } }),
      messages.findOne({}, { projection: { _id: 1 } }),
      archiveObjects.findOne({}, { projection: { _id: 1 } }),
    ])
    return any.every((found) => found === null)
  }
  return {
    look: async () => ({ epoch: await read(), isEmpty: await isEmpty() }),
    read,
    /** @returns the epoch that is there then, this one or one that was before */
    async writeNew(made: Epoch): Promise<Epoch> {
      await bulkWriteNew(epoch, [{ insertOne: { document: { ...made, _id } } }])
      return (await read()) ?? made
    },
    write: async (made: Epoch): Promise<void> => {
      await epoch.replaceOne({ _id }, made, { upsert: true })
    },
  }
}
