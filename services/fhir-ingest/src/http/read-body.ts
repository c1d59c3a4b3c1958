import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { fhirError } from '../errors.ts'

/**
 * The whole body, unpacked. It stops at the limit, so that a small archive of a huge body costs no
 * more than the limit. What comes after it is let pass: a connection that is cut while the sender
 * still writes takes the answer with it, and he would send it again for ever.
 *
 * @throws FhirError TOO_LARGE, UNSUPPORTED_MEDIA_TYPE for another encoding than gzip or a broken
 *   one
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
