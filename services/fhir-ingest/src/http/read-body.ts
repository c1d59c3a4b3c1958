import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { fhirError } from '../errors.ts'

/**
 * Reads and decompresses a body, up to the limit, so that a small gzip of a large body uses no more
 * memory than the limit. The rest of a larger body is discarded as it arrives: if the connection
 * were closed while the sender is still writing, the answer would be lost and the sender would
 * retry indefinitely.
 *
 * @param onBytes  called with the size of each chunk kept
 * @throws FhirError TOO_LARGE; UNSUPPORTED_MEDIA_TYPE for an encoding other than gzip, or invalid
 *   gzip
 */
export const readBody = async (
  stream: Readable,
  encoding: string | undefined,
  maxBytes: number,
  onBytes: (count: number) => void,
): Promise<Buffer> => {
  const coding = (encoding ?? 'identity').trim().toLowerCase()
  if (coding !== 'identity' && coding !== 'gzip')
    throw fhirError('UNSUPPORTED_MEDIA_TYPE', 'Content-Encoding')
  const unpacked: Readable = coding === 'gzip' ? stream.pipe(createGunzip()) : stream
  stream.once('error', (error) => unpacked.destroy(error))
  const parts: Buffer[] = []
  let size = 0
  try {
    for await (const part of unpacked.iterator({
      destroyOnReturn: false,
    }) as AsyncIterable<Buffer>) {
      size += part.length
      if (size > maxBytes) throw fhirError('TOO_LARGE', 'body')
      onBytes(part.length)
      parts.push(part)
    }
  } catch (error) {
    if (unpacked !== stream) unpacked.destroy()
    stream.resume()
    if ((error as NodeJS.ErrnoException).code?.startsWith('Z_') === true)
      throw fhirError('UNSUPPORTED_MEDIA_TYPE', 'Content-Encoding', { cause: error })
    throw error
  }
  return Buffer.concat(parts)
}
