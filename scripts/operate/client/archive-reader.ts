import { bytesOf, readObject } from '@tideway/object-store/archived-message'
import type { ArchivedMessage } from '@tideway/schemas/archive'
import type { ObjectStore } from '@tideway/object-store/client'

/**
 * Reads messages by archive object and position, and fetches each object once. Null if there is
 * none.
 */
export const archiveReader = (store: ObjectStore) => {
  const objects = new Map<string, Promise<ArchivedMessage[]>>()
  return async (object: string, position: number): Promise<Buffer | null> => {
    const loaded = objects.get(object) ?? readObject(store, object)
    objects.set(object, loaded)
    const record = (await loaded)[position]
    return record === undefined ? null : bytesOf(store, record.message)
  }
}
