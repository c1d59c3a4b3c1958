import { publicId } from '@tideway/schemas/public-id'
import type { Resource } from './message.ts'
import type { SubmissionEntry } from './open-submission.ts'

/**
 * Id of a resource in the answer: an update keeps the id from the sender; a create gets the same id
 * each time it is sent.
 */
export const idOf = (
  entry: Pick<SubmissionEntry, 'resource' | 'method'>,
  source: string,
  bytesId: string,
): string => {
  if (entry.method === 'PUT' || entry.resource === null) return newIdOf(entry, source, bytesId)
  const id = ids.get(entry.resource) ?? newIdOf(entry, source, bytesId)
  ids.set(entry.resource, id)
  return id
}

/** Of creates: it is needed for the answer, and by what the resource is known. */
const ids = new WeakMap<Resource, string>()

const newIdOf = (
  { resource, method }: Pick<SubmissionEntry, 'resource' | 'method'>,
  source: string,
  bytesId: string,
): string => {
  const json = resource?.sent ?? {}
  if (method === 'PUT') return String(json['id'])
  const [identifier] = [json['identifier'] ?? []].flat() as { system?: string; value?: string }[]
  const key =
    identifier?.value === undefined
      ? (json['id'] ?? resource?.fullUrl ?? `${bytesId}${resource?.place}`)
      : `${identifier.system ?? ''}|${identifier.value}`
  return publicId(`${source}|${resource?.type}|${key}`).replaceAll('_', '.')
}
