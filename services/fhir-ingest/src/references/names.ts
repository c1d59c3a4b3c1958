const typeAndId = String.raw`[A-Z][A-Za-z]+\/[A-Za-z0-9.-]{1,64}`
const relative = new RegExp(`^${typeAndId}$`)
const absolute = new RegExp(`^(https?://.*/)(${typeAndId})$`)
const version = /\/_history\/[^/]+$/

/** Server of an address of a resource, e.g. `https://ehr.example/fhir/`; null if it is none. */
export const serverIn = (address: string | null): string | null =>
  absolute.exec((address ?? '').replace(version, ''))?.[1] ?? null

const withoutSlash = (address: string): string => address.replace(/\/$/, '')

/**
 * Name by which a client's resource is known: type and id where the address is relative or of this
 * interface, else the absolute address; without its version. Null for anything that is not the
 * address of a resource, e.g. `urn:uuid:` and `#`.
 *
 * @param base  address of this interface as the client knows it, absolute or `/fhir`
 */
export const nameOfReference = (reference: string, base: string): string | null => {
  const address = reference.replace(version, '')
  if (relative.test(address)) return address
  if (!/^(https?:|\/)/.test(address)) return null
  const own = `${withoutSlash(base)}/`
  const path = new URL(own, 'http://localhost').pathname
  for (const start of [own, path])
    if (address.startsWith(start) && relative.test(address.slice(start.length)))
      return address.slice(start.length)
  return absolute.test(address) ? address : null
}

/** Resource type in a name. */
export const typeInName = (name: string): string => /([A-Z][A-Za-z]+)\/[^/]+$/.exec(name)?.[1] ?? ''
