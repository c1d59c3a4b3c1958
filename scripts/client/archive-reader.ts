import { type ArchivedMessage, decodeObject } from '@tideway/schemas/archive'
import type { ObjectStore } from '@tideway/shared/object-store'

/** The bytes of a message as they came, also where they were too large for the log. Null if they are not there. */
export const bytesOf = async (store: ObjectStore, { message }: ArchivedMessage): Promise<Buffer | null> =>
  message.bytes ?? (message.payload === null ? null : store.get(message.payload.object))

/** Reads messages by archive object and position; each object is fetched once. */
export const archiveReader = (store: ObjectStore) => {
  const objects = new Map<string, Promise<ArchivedMessage[]>>()
  const load = async (key: string): Promise<ArchivedMessage[]> => {
    const bytes = await store.get(key)
    return bytes === null ? [] : (await decodeObject(bytes)).messages
  }
  return async (object: string, position: number): Promise<Buffer | null> => {
    const loaded = objects.get(object) ?? load(object)
    objects.set(object, loaded)
    const record = (await loaded)[position]
    return record === undefined ? null : bytesOf(store, record)
  }
}
