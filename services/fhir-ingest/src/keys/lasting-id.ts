import type { FhirMessage, Resource } from '../normalise/message.ts'

/**
 * Its id, else the UUID of its fullUrl; null if it has neither. The id of a contained resource is
 * local to its container.
 */
export const lastingId = (resource: Resource): string | null => {
  const own = resource.sent['id']
  if (resource.place.includes('.contained[')) return null
  return typeof own === 'string'
    ? own
    : (/^urn:uuid:(.+)$/.exec(resource.fullUrl ?? '')?.[1] ?? null)
}

/**
 * Id of a resource without identifier: its own, else that of its fullUrl, else its place in this
 * message.
 */
export const ownIdOf = (resource: Resource, { messageId }: FhirMessage): string => {
  const own = resource.sent['id']
  return (
    lastingId(resource) ??
    (typeof own === 'string' ? own : `${messageId}-${resource.place.replaceAll(/\D+/g, '') || '0'}`)
  )
}
