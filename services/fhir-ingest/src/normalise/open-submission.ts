import { type RequestFault, fault, fhirError } from '../errors.ts'
import { type Resource, resourceAt } from './message.ts'
import type { FhirObject } from '@tideway/fhir/parse-json'
import type { Steps } from '@tideway/fhir/cooperative-scheduler'
import { bundleFaultsOf, faultsOf } from '@tideway/fhir/validation/validate'

/** One resource that was sent, what was asked for it, and what is wrong with it. */
export type SubmissionEntry = {
  resource: Resource | null
  method: 'POST' | 'PUT'
  faults: RequestFault[]
}

/** What was sent, as entries: a single resource is one. */
export type Submission = {
  type: string
  /** Each entry fails for itself. */
  isBatch: boolean
  /** Answered entry by entry. */
  isRequests: boolean
  entries: SubmissionEntry[]
}

const bundleTypes = new Set(['transaction', 'batch', 'message', 'document', 'collection'])

type Request = { method?: string; url?: string; ifMatch?: string; ifNoneExist?: string }

/** What is wrong with what an entry asks for. @see FHIR R4, Bundle.entry.request */
const requestFaults = (
  request: Request | undefined,
  resource: FhirObject | undefined,
  place: string,
): RequestFault[] => {
  const at = `${place}.request`
  if (typeof request !== 'object' || request === null) return [fault('MISSING_ELEMENT', at)]
  const { method, url = '' } = request
  const [, type, id] = /^([A-Z][A-Za-z]+)(?:\/([A-Za-z0-9.-]{1,64}))?$/.exec(url) ?? []
  if (!(method === 'POST' && id === undefined) && !(method === 'PUT' && id !== undefined))
    return [fault('UNSUPPORTED_METHOD', `${at}.method`)]
  if (type === undefined) return [fault('UNSUPPORTED_METHOD', `${at}.url`)]
  if (resource === undefined) return [fault('MISSING_ELEMENT', `${place}.resource`)]
  const faults: RequestFault[] = []
  if (resource['resourceType'] !== type) faults.push(fault('WRONG_TYPE', `${place}.resource`))
  if (method === 'PUT' && resource['id'] !== id)
    faults.push(fault('WRONG_ID', `${place}.resource.id`))
  if (request.ifMatch !== undefined) faults.push(fault('VERSION_UNKNOWN', `${at}.ifMatch`))
  if (!isAnswerable(request.ifNoneExist, resource))
    faults.push(fault('CONDITION_UNKNOWN', `${at}.ifNoneExist`))
  return faults
}

const isAnswerable = (condition: unknown, resource: FhirObject): boolean =>
  condition === undefined || (typeof condition === 'string' && namesItself(condition, resource))

/**
 * Whether a condition is about an identifier of the resource itself, so that creating it twice
 * makes one thing.
 */
export const namesItself = (condition: string, resource: FhirObject): boolean => {
  const parameters = [...new URLSearchParams(condition.replace(/^.*\?/, ''))]
  const identifiers = [resource['identifier'] ?? []].flat() as ({
    system?: string
    value?: string
  } | null)[]
  const [name, value] = parameters[0] ?? []
  return (
    parameters.length === 1 &&
    name === 'identifier' &&
    identifiers.some(
      (one) => one?.value !== undefined && `${one.system ?? ''}|${one.value}` === value,
    )
  )
}

/**
 * Opens what was sent and finds everything that R4 says is wrong with it.
 *
 * @throws FhirError UNKNOWN_RESOURCE, UNSUPPORTED_BUNDLE, TOO_MANY_ENTRIES, or every fault of the
 *   Bundle itself
 */
export function* openSent(json: FhirObject, maxEntries: number): Steps<Submission> {
  const type = json['resourceType']
  if (type !== 'Bundle') {
    limitContained(json, String(type), maxEntries)
    const faults = faultsOf(json, String(type))
    const known = !faults.some(({ code }) => code === 'UNKNOWN_RESOURCE')
    if (!known) throw fhirError('UNKNOWN_RESOURCE', 'body')
    return {
      type: String(type),
      isBatch: false,
      isRequests: false,
      entries: [{ resource: resourceAt(json, String(type), null), method: 'POST', faults }],
    }
  }
  const kind = String(json['type'])
  if (!bundleTypes.has(kind)) throw fhirError('UNSUPPORTED_BUNDLE', 'Bundle.type')
  const sent = Array.isArray(json['entry']) ? (json['entry'] as FhirObject[]) : []
  if (sent.length > maxEntries) throw fhirError('TOO_MANY_ENTRIES', 'Bundle.entry')
  const isRequests = kind === 'transaction' || kind === 'batch'
  return {
    type: `Bundle/${kind}`,
    isBatch: kind === 'batch',
    isRequests,
    entries: yield* entriesOf(json, sent, isRequests, maxEntries),
  }
}

/**
 * They are looked at all at once, while nobody else is heard. @throws FhirError TOO_MANY_ENTRIES
 */
const limitContained = (
  resource: FhirObject | null | undefined,
  place: string,
  most: number,
): void => {
  const contained = resource?.['contained']
  if (Array.isArray(contained) && contained.length > most)
    throw fhirError('TOO_MANY_ENTRIES', `${place}.contained`)
}

function* entriesOf(
  json: FhirObject,
  sent: readonly FhirObject[],
  isRequests: boolean,
  maxEntries: number,
): Steps<SubmissionEntry[]> {
  const ofBundle = yield* bundleFaultsOf(json)
  const entries: SubmissionEntry[] = []
  for (const [index, entry] of sent.entries()) {
    limitContained(
      entry?.['resource'] as FhirObject | null | undefined,
      `Bundle.entry[${index}].resource`,
      maxEntries,
    )
    entries.push(entryOf(entry, `Bundle.entry[${index}]`, isRequests))
    yield
  }
  for (const found of ofBundle) {
    const index = /^Bundle\.entry\[(\d+)\]/.exec(found.at ?? '')?.[1]
    entries[index === undefined ? 0 : Number(index)]?.faults.push(found)
  }
  return entries
}

const entryOf = (entry: FhirObject | null, place: string, isRequests: boolean): SubmissionEntry => {
  const json = entry?.['resource'] as FhirObject | undefined
  const request = entry?.['request'] as Request | undefined
  const isOne = typeof json === 'object' && json !== null && !Array.isArray(json)
  const at = `${place}.resource`
  const faults = isRequests ? requestFaults(request, isOne ? json : undefined, place) : []
  const fullUrl = typeof entry?.['fullUrl'] === 'string' ? entry['fullUrl'] : null
  return {
    resource: isOne ? resourceAt(json, at, fullUrl) : null,
    method: request?.method === 'PUT' ? 'PUT' : 'POST',
    faults: [...faults, ...(isOne ? faultsOf(json, at) : [])],
  }
}

/**
 * Entries by full address, and by type and id. Two that share a full address, of which one has the
 * other's type and id for its address, or that are to be updated twice, are a fault of the second.
 * Two of one type and id that each have a full address of their own are two: only what is named by
 * type and id alone then leads nowhere. Patients are never told apart that way: whose data follow
 * would be a guess.
 *
 * @see FHIR R4, Bundle, invariant bdl-7 and resolving references in Bundles
 */
export const indexOf = (entries: readonly SubmissionEntry[]): ReadonlyMap<string, Resource> => {
  const byAddress = new Map<string, Resource>()
  const byId = new Map<string, SubmissionEntry[]>()
  for (const entry of entries) {
    const { resource, faults } = entry
    if (resource === null) continue
    const { fullUrl, place } = resource
    const name = nameOf(resource)
    const namesakes = (name === null ? undefined : byId.get(name)) ?? []
    const isTaken =
      [fullUrl, name].some((one) => one !== null && byAddress.has(one)) ||
      (fullUrl !== null && byId.has(fullUrl))
    if (isTaken || namesakes.some((other) => !areApart(entry, other)))
      faults.push(fault('DUPLICATE_ENTRY', place))
    else if (fullUrl !== null) byAddress.set(fullUrl, resource)
    if (name !== null) byId.set(name, [...namesakes, entry])
  }
  const named = [...byId].flatMap(([name, [entry, ...more]]) =>
    entry?.resource && more.length === 0 ? [[name, entry.resource] as const] : [],
  )
  return new Map([...named, ...byAddress])
}

const nameOf = ({ type, sent }: Resource): string | null =>
  typeof sent['id'] === 'string' ? `${type}/${sent['id']}` : null

const areApart = (one: SubmissionEntry, other: SubmissionEntry): boolean =>
  one.resource?.type !== 'Patient' &&
  [one, other].every(({ resource }) => resource?.fullUrl !== null) &&
  !(one.method === 'PUT' && other.method === 'PUT')
