import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto'

const idBytes = 16

/** An id under each key, and back. One block of 16 bytes needs no mode of operation. */
const permutation = (key: Buffer) => {
  const of = createHmac('sha256', key).update('tideway public id 1').digest()
  const seal = createCipheriv('aes-256-ecb', of, null).setAutoPadding(false)
  const open = createDecipheriv('aes-256-ecb', of, null).setAutoPadding(false)
  return {
    seal: (id: Buffer): string => seal.update(id).toString('base64url'),
    open: (id: Buffer): string => open.update(id).toString('base64url'),
  }
}

/** Turns the ids of the store into public ids, and back. */
export type IdSeal = {
  /** Public id of a patient or an entry, by the current key. */
  seal: (id: string) => string
  /** The same by every key that is known, the current one first. */
  sealAll: (id: string) => string[]
  /** Ids of the store that a public id can stand for, one for each key; none if it is no id. */
  open: (publicId: string) => string[]
}

/**
 * Public ids by secret keys. An id of the store is a digest of an organisation and a number, which
 * can be found by trying all numbers; a public id tells nothing without the key. It has the same 22
 * characters, base64url, and the stored documents do not depend on the key.
 *
 * @param keys  the current key, then former ones whose ids still count; one a line of the key file
 */
export const idSeal = (keys: readonly Buffer[]): IdSeal => {
  const [current, ...former] = keys.map(permutation)
  if (current === undefined) throw new Error('no key of public ids')
  const all = [current, ...former]
  const bytesOf = (id: string): Buffer => {
    const bytes = Buffer.from(id, 'base64url')
    if (bytes.length !== idBytes) throw new Error('not an id of the store')
    return bytes
  }
  return {
    seal: (id) => current.seal(bytesOf(id)),
    sealAll: (id) => all.map(({ seal }) => seal(bytesOf(id))),
    open: (publicId) => {
      const bytes = Buffer.from(publicId, 'base64url')
      return bytes.length === idBytes && bytes.toString('base64url') === publicId
        ? all.map(({ open }) => open(bytes))
        : []
    },
  }
}
