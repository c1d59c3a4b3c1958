import type { Resource } from '../normalise/message.ts'
import { nameOfReference, serverIn } from './names.ts'

/** Server of the fullUrl of a resource; null without one, or on this interface. */
export const baseOf = ({ fullUrl }: Pick<Resource, 'fullUrl'>, base: string): string | null => {
  const server = serverIn(fullUrl)
  return server === null || nameOfReference(`${server}Patient/1`, base) === 'Patient/1'
    ? null
    : server
}

const nameIn = ({ type, sent }: Resource): string | null =>
  typeof sent['id'] === 'string' ? `${type}/${sent['id']}` : null

/** Names its client gave a resource: its own id, and its fullUrl. */
export const ownNames = (resource: Resource, base: string): string[] => {
  const { fullUrl } = resource
  const address = fullUrl === null ? null : nameOfReference(fullUrl, base)
  return [...new Set([nameIn(resource), address].filter((name) => name !== null))]
}
