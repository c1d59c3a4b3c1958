import { createHash } from 'node:crypto'
import type { Payload } from '@tideway/schemas/events.generated'
import { NotDurableError } from './not-durable-error.ts'
import type { ObjectStore } from '@tideway/object-store/client'

/** Larger messages go to the object store, and the log holds a reference; bytes. */
export const maxInlineBytes = 512 * 1024

export type Upload = { object: string; bytes: Buffer; contentType: string }

/** Reference to bytes in the object store. The key is the hash, so equal bytes are stored once. */
export const payloadReference = (bytes: Buffer): Payload => {
  const hash = createHash('sha256').update(bytes).digest('hex')
  return { hash, object: `payloads/${hash.slice(0, 2)}/${hash}`, size: bytes.length }
}

/**
 * Puts every upload, at most eight at a time. An existing object has the same content, because its
 * key is its hash.
 *
 * @throws NotDurableError STORE_UNAVAILABLE
 */
export const putPayloads = async (
  store: Pick<ObjectStore, 'putNew'>,
  uploads: readonly Upload[],
): Promise<void> => {
  const distinct = [...new Map(uploads.map((upload) => [upload.object, upload])).values()]
  const next = distinct.values()
  const worker = async () => {
    for (const { object, bytes, contentType } of next)
      await store.putNew(object, bytes, contentType)
  }
  try {
    await Promise.all(Array.from({ length: Math.min(8, distinct.length) }, worker))
  } catch (cause) {
    throw new NotDurableError('STORE_UNAVAILABLE', { cause })
  }
}
