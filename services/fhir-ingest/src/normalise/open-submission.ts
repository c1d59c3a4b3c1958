import type { Steps } from '@tideway/fhir/cooperative-scheduler'
import type { Decimals, FhirObject } from '@tideway/fhir/parse-json'
import { bundleFaultsOf } from '@tideway/fhir/validation/validate'
import { fhirError, type RequestFault } from '../errors.ts'
import { type RetractionRequest, retractionRequestIn } from '../retractions/retraction-request.ts'
import { type EntryRequest, entryRequestFaults } from './entry-request.ts'
import type { Resource, UnusedElement } from './message.ts'
import { resourceAt } from './resource-at.ts'
import { checked, type Checked, limitContained } from './checked.ts'

/** What an entry asks for. */
export type EntryMethod = 'POST' | 'PUT' | 'DELETE' | 'PATCH'

/** One submitted resource, its request, and its faults. */
export type SubmissionEntry = {
  /** Null for a DELETE or a PATCH: it has none, or not one of the record. */
  resource: Resource | null
  /** Of a DELETE or a PATCH. */
  retraction: RetractionRequest | null
  method: EntryMethod
  /** Created only if there is none yet (`ifNoneExist`). */
  isConditional: boolean
  faults: RequestFault[]
  /** Elements whose code is in no value set of R4, and kept as sent. */
  unlisted: readonly string[]
  /** Elements that were left out because they could not be read. */
  leftOut: readonly UnusedElement[]
}

/** A submission as entries: a single resource is one entry. */
export type Submission = {
  /** `Patient`, or `Bundle/transaction`. */
  type: string
  /** A fault in an entry fails that entry only. */
  isBatch: boolean
  /** A transaction or batch: each entry has a request, and its own answer. */
  isRequests: boolean
  entries: SubmissionEntry[]
}

const bundleTypes = new Set(['transaction', 'batch', 'message', 'document', 'collection'])

/**
 * Opens a submission and validates it against R4.
 *
 * @throws FhirError UNKNOWN_RESOURCE, UNSUPPORTED_BUNDLE or TOO_MANY_ENTRIES
 */
export function* openSubmission(
  json: FhirObject,
  decimals: Decimals,
  maxEntries: number,
): Steps<Submission> {
  const type = String(json['resourceType'])
  if (type !== 'Bundle') return single(json, type, decimals, maxEntries)
  const kind = String(json['type'])
  if (!bundleTypes.has(kind)) throw fhirError('UNSUPPORTED_BUNDLE', 'Bundle.type')
  const sent = Array.isArray(json['entry']) ? (json['entry'] as FhirObject[]) : []
  if (sent.length > maxEntries) throw fhirError('TOO_MANY_ENTRIES', 'Bundle.entry')
  const isRequests = kind === 'transaction' || kind === 'batch'
  return {
    type: `Bundle/${kind}`,
    isBatch: kind === 'batch',
    isRequests,
    entries: yield* entriesOf(json, sent, isRequests, decimals, maxEntries),
  }
}

const single = (
  json: FhirObject,
  type: string,
  decimals: Decimals,
  maxEntries: number,
): Submission => {
  limitContained(json, type, maxEntries)
  const found = checked(json, type, decimals)
  if (found.faults.some(({ code }) => code === 'UNKNOWN_RESOURCE'))
    throw fhirError('UNKNOWN_RESOURCE', 'body')
  const resource = resourceAt(json, type, null)
  return {
    type,
    isBatch: false,
    isRequests: false,
    entries: [{ resource, retraction: null, method: 'POST', isConditional: false, ...found }],
  }
}

function* entriesOf(
  json: FhirObject,
  sent: readonly FhirObject[],
  isRequests: boolean,
  decimals: Decimals,
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
    entries.push(entryOf(entry, `Bundle.entry[${index}]`, isRequests, decimals))
    yield
  }
  for (const found of ofBundle) {
    const index = /^Bundle\.entry\[(\d+)\]/.exec(found.at ?? '')?.[1]
    entries[index === undefined ? 0 : Number(index)]?.faults.push(found)
  }
  return entries
}

const methods: readonly EntryMethod[] = ['POST', 'PUT', 'DELETE', 'PATCH']

const nothing: Checked = { faults: [], unlisted: [], leftOut: [] }

const entryOf = (
  entry: FhirObject | null,
  place: string,
  isRequests: boolean,
  decimals: Decimals,
): SubmissionEntry => {
  const json = entry?.['resource'] as FhirObject | undefined
  const request = entry?.['request'] as EntryRequest | undefined
  const isResource = typeof json === 'object' && json !== null && !Array.isArray(json)
  const at = `${place}.resource`
  const faults = isRequests ? entryRequestFaults(request, isResource ? json : undefined, place) : []
  const fullUrl = typeof entry?.['fullUrl'] === 'string' ? entry['fullUrl'] : null
  const retraction = isRequests ? retractionRequestIn(request, place) : null
  const isStated = isResource && retraction === null
  const found = isStated ? checked(json, at, decimals) : nothing
  return {
    resource: isStated ? resourceAt(json, at, fullUrl) : null,
    retraction,
    method: methods.find((one) => one === request?.method) ?? 'POST',
    isConditional: isRequests && request?.ifNoneExist !== undefined,
    ...found,
    faults: [...faults, ...found.faults],
  }
}
