import { type ArchivedMessage, decodeObject } from '@tideway/schemas/archive'
import type { ArchivePlace } from '@tideway/schemas/documents/archive-place'
import type { MessageReceived } from '@tideway/schemas/events.generated'
import type { ObjectStore } from './client.ts'

type ReadableStore = Pick<ObjectStore, 'get'>

/** The archive lacks an object or record that it should have. */
export class ArchiveGap extends Error {
  override readonly name = 'ArchiveGap'
}

/** Every record of one archive object. @throws ArchiveGap if the object does not exist */
export const readObject = async (store: ReadableStore, key: string): Promise<ArchivedMessage[]> => {
  const bytes = await store.get(key)
  if (bytes === null) throw new ArchiveGap(`no object ${key}`)
  return (await decodeObject(bytes)).messages
}

/** One record of the archive. @throws ArchiveGap if the object or the record does not exist */
export const readRecord = async (
  store: ReadableStore,
  { object, position }: ArchivePlace,
): Promise<ArchivedMessage> => {
  const record = (await readObject(store, object))[position]
  if (record === undefined) throw new ArchiveGap(`no record ${position} in ${object}`)
  return record
}

/**
 * The bytes of a message as received, inline or from the object store.
 *
 * @throws ArchiveGap if its payload does not exist
 */
export const bytesOf = async (
  store: ReadableStore,
  { bytes, payload }: Pick<MessageReceived, 'bytes' | 'payload'>,
): Promise<Buffer> => {
  if (bytes !== null) return bytes
  const stored = payload === null ? null : await store.get(payload.object)
  if (stored === null) throw new ArchiveGap(`no payload ${payload?.object ?? ''}`)
  return stored
}
