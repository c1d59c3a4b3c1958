import { type ArchivedMessage, decodeObject } from '@tideway/schemas/archive'
import type { ArchivePlace } from '@tideway/schemas/documents/archive-place'
import type { MessageReceived } from '@tideway/schemas/events.generated'
import type { ObjectStore } from './client.ts'

type Store = Pick<ObjectStore, 'get'>

/** Something the archive should hold and does not. */
export class ArchiveGap extends Error {
  override readonly name = 'ArchiveGap'
}

/** Every record of one object. @throws ArchiveGap if there is no such object */
export const readObject = async (store: Store, key: string): Promise<ArchivedMessage[]> => {
  const bytes = await store.get(key)
  if (bytes === null) throw new ArchiveGap(`no object ${key}`)
  return (await decodeObject(bytes)).messages
}

/** @throws ArchiveGap if the object or the record is not there */
export const readRecord = async (
  store: Store,
  { object, position }: ArchivePlace,
): Promise<ArchivedMessage> => {
  const record = (await readObject(store, object))[position]
  if (record === undefined) throw new ArchiveGap(`no record ${position} in ${object}`)
  return record
}

/**
 * The message as it came, wherever its bytes are. @throws ArchiveGap if its payload is not there
 */
export const bytesOf = async (
  store: Store,
  { bytes, payload }: Pick<MessageReceived, 'bytes' | 'payload'>,
): Promise<Buffer> => {
  if (bytes !== null) return bytes
  const kept = payload === null ? null : await store.get(payload.object)
  if (kept === null) throw new ArchiveGap(`no payload ${payload?.object ?? ''}`)
  return kept
}
