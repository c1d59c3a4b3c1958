import { createHash } from 'node:crypto'
import type { Payload } from '@tideway/schemas/events.generated'
import { NotDurable } from './not-durable-error.ts'
import type { ObjectStore } from '@tideway/object-store/client'

/** Messages larger than this go to the object store and the log holds the reference, bytes. */
export const largestInline = 512 * 1024

export type Upload = { object: string; bytes: Buffer; contentType: string }

/** Where bytes lie by the hash of their content: the same bytes are kept once. */
export const payloadOf = (bytes: Buffer): Payload => {
  const hash = createHash('sha256').update(bytes).digest('hex')
  return { hash, object: `payloads/${hash.slice(0, 2)}/${hash}`, size: bytes.length }
}

/**
 * Puts every upload, at most eight at once. An object that is there already has the same content,
 * as its key is its hash.
 *
 * @throws NotDurable STORE_UNAVAILABLE
 */
export const offload = async (
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
    throw new NotDurable('STORE_UNAVAILABLE', { cause })
  }
}
