import { keyPart } from '@tideway/schemas/key-part'
import type { IdSeal } from '@tideway/schemas/id-seal'
import { isPlaceholderNumber } from '@tideway/schemas/placeholder-numbers'
import { publicId } from '@tideway/schemas/public-id'
import type { SourceFile } from '@tideway/schemas/source'
import type { Resource } from './message.ts'
import type { SubmissionEntry } from './open-submission.ts'

type Sender = Pick<SourceFile, 'ods' | 'placeholders'>

/**
 * Id of a resource in the answer: an update keeps the id from the sender; a create gets the same id
 * each time it is sent.
 *
 * @param publicIds  null where nothing is answered
 */
export const idOf = (
  entry: Pick<SubmissionEntry, 'resource' | 'method'>,
  source: Sender,
  bytesId: string,
  publicIds: IdSeal | null,
): string => idsOf(entry, source, bytesId, publicIds)[0] as string

/**
 * The same, and of a create the ids it was answered under former keys: its client may refer to it
 * by one of them.
 */
export const idsOf = (
  entry: Pick<SubmissionEntry, 'resource' | 'method'>,
  source: Sender,
  bytesId: string,
  publicIds: IdSeal | null,
): string[] => {
  const sent = entry.resource?.sent['id']
  if (entry.method === 'PUT') return [String(sent)]
  const known = entry.resource === null ? undefined : ids.get(entry.resource)
  if (known !== undefined) return known
  const id = newIdOf(entry, source, bytesId)
  const made = (publicIds?.sealAll(id) ?? [id]).map(asFhirId)
  if (entry.resource !== null) ids.set(entry.resource, made)
  return made
}

const asFhirId = (id: string): string => id.replaceAll('_', '.')

/** Of creates: it is needed for the answer, and by what the resource is known. */
const ids = new WeakMap<Resource, string[]>()

const addressOf = (resource: Resource | null): string | null =>
  resource?.fullUrl == null ? null : keyPart(resource.fullUrl, '|')

const newIdOf = (
  { resource }: Pick<SubmissionEntry, 'resource'>,
  { ods, placeholders }: Sender,
  bytesId: string,
): string => {
  const json = resource?.sent ?? {}
  const [identifier] = [json['identifier'] ?? []].flat() as { system?: string; value?: string }[]
  const isPlaceholder =
    resource?.type === 'Patient' && isPlaceholderNumber(identifier?.value ?? '', placeholders)
  const inMessage = `${bytesId}${resource?.place}`
  const own =
    identifier?.value === undefined
      ? (json['id'] ?? addressOf(resource) ?? inMessage)
      : `${keyPart(identifier.system ?? '', '|')}|${identifier.value}`
  return publicId(`${ods}|${resource?.type}|${isPlaceholder ? inMessage : own}`)
}
