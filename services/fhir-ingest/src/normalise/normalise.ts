import { instantOf } from '@tideway/time/iso-time'
import { atOnce, type Steps } from '@tideway/fhir/cooperative-scheduler'
import type { Decimals, FhirObject } from '@tideway/fhir/parse-json'
import { indexReferences } from '@tideway/fhir/references'
import { messageIdOf } from '@tideway/schemas/public-id'
import { fault, type RequestFault } from '../errors.ts'
import { openNumbers } from '../keys/numbers.ts'
import { patientsByIdentifier } from '../keys/patient-key.ts'
import { outsideOf } from '../references/outside.ts'
import { stateResources, type StatedResources } from '../references/state-resources.ts'
import { concludeEvents, concludeFaults, problemOf } from './conclude.ts'
import { faultsThrown, type MappedEntries, mapEntries } from './map-entries.ts'
import { type FhirMessage, type Resource, unusedIn } from './message.ts'
import { refuseModifiers } from './modifiers.ts'
import type { FhirReceipt, FhirRules, NormalisedFhir } from './normalised.ts'
import { openSubmission, type Submission, type SubmissionEntry } from './open-submission.ts'
import { type UnusedOf, withNotShown } from './not-shown.ts'
import { parseBody } from './parse-body.ts'

/**
 * Bytes to events. Pure: the same bytes of the same source give the same events with the same ids.
 * Never throws.
 *
 * A message without its own time (`Bundle.timestamp`, `meta.lastUpdated`) is said when it is
 * received: the same bytes sent again are a separate message. A conditional create sent again is
 * not: what it creates exists.
 *
 * A fault in one entry of a batch rejects that entry; anywhere else it rejects the whole, because
 * half a message would make a wrong record.
 */
export const normalise = (receipt: FhirReceipt, rules: FhirRules): NormalisedFhir =>
  atOnce(normalising(receipt, rules))

/** `normalise` in steps, for large Bundles. */
export function* normalising(receipt: FhirReceipt, rules: FhirRules): Steps<NormalisedFhir> {
  const { source, bytes, receivedAt } = receipt
  const bytesId = messageIdOf(source.ods, bytes)
  const givenId = receipt.messageId ?? bytesId
  try {
    const { resource, decimals } = parseBody(bytes)
    const sent = yield* openSubmission(resource, decimals, rules.maxEntries)
    const header = headerOf(resource, sent, givenId)
    if (receipt.messageId === undefined && header.sentAt === null && saysAgain(receipt, sent))
      header.messageId = messageIdOf(source.ods, bytes, receivedAt)
    const message = messageOf(receipt, rules, sent, decimals, { ...header, bytesId })
    const { mapped, unused } = yield* mapSubmission(sent, message, rules)
    const { stated, numbers, isKept, outdated } = statedIn(receipt, sent, mapped, message, header)
    return {
      ...header,
      ...concludeFaults(sent, mapped, [...unused, ...outdated.map(asOutdated)], isKept),
      ...concludeEvents(sent, mapped, { ...header, source: source.ods, receivedAt }, bytes),
      resolved: [...message.outside.used.values()],
      stated: isRefused(sent) ? [] : stated,
      numbers: isRefused(sent) ? [] : numbers,
      awaits: [...message.outside.missing],
      bytesId,
      sent,
    }
  } catch (error) {
    return failed(givenId, bytesId, faultsThrown(error, 'body'))
  }
}

const isAnswered = ({ isRequests, type }: Submission): boolean =>
  isRequests || !type.startsWith('Bundle')

/** As an unused element is listed. */
const asOutdated = (place: string): string => `${place} OUTDATED`

const isRefused = ({ entries, isBatch }: Submission): boolean =>
  !isBatch && entries.some(({ faults }) => faults.length > 0)

/** What its resources are known by from now on; nothing where their client is not known. */
const statedIn = (
  { submitter, receivedAt }: FhirReceipt,
  sent: Submission,
  mapped: MappedEntries,
  message: FhirMessage,
  { messageId, sentAt }: Header,
): StatedResources => {
  if (!submitter) return { stated: [], numbers: [], isKept: false, outdated: [] }
  const saidAt = sentAt === null ? receivedAt : sentAt * 1000
  const said = { messageId, saidAt, isTimed: sentAt !== null, submitter }
  return stateResources(sent, mapped, message, said, message.isAnswered)
}

const saysAgain = ({ isConditional }: FhirReceipt, { entries }: Submission): boolean =>
  isConditional !== true && !(entries.length > 0 && entries.every((entry) => entry.isConditional))

type Header = Pick<NormalisedFhir, 'messageId' | 'type' | 'controlId' | 'sentAt' | 'characterSet'>

const headerOf = (json: FhirObject, { type }: Submission, messageId: string): Header => {
  const identifier = json['identifier'] as { value?: unknown } | undefined
  const stamp = json['timestamp'] ?? (json['meta'] as FhirObject | undefined)?.['lastUpdated']
  const controlId =
    type.startsWith('Bundle') && typeof identifier?.value === 'string' ? identifier.value : null
  return {
    messageId,
    type: `FHIR ${type}`,
    controlId,
    sentAt: typeof stamp === 'string' ? instantOf(stamp) : null,
    characterSet: 'utf-8',
  }
}

const resourcesIn = (entries: readonly SubmissionEntry[]): Resource[] =>
  entries.flatMap(({ resource }) => resource ?? [])

/** Indexes references; duplicate entries get their fault here. */
const messageOf = (
  { source, receivedAt, submitter = null, known = null }: FhirReceipt,
  { owners, production, publicIds = null }: FhirRules,
  sent: Submission,
  decimals: Decimals,
  { sentAt, bytesId }: { sentAt: number | null; bytesId: string },
): FhirMessage => {
  const { entries, isRequests } = sent
  const { byReference, duplicates } = indexReferences<Resource, SubmissionEntry>(entries)
  for (const { resource, faults } of duplicates)
    faults.push(fault('DUPLICATE_ENTRY', resource?.place ?? null))
  const faulty = new Set(resourcesIn(entries.filter(({ faults }) => faults.length > 0)))
  const sound = resourcesIn(entries).filter((one) => !faulty.has(one))
  const isUpdate = ({ method }: SubmissionEntry) =>
    (isRequests ? method : entries.length === 1 && submitter?.method) === 'PUT'
  const patientKeys = new Map<Resource, string>()
  const outside = outsideOf(known, submitter, patientKeys)
  const partial = new Set(resourcesIn(entries.filter(({ leftOut }) => leftOut.length > 0)))
  const conditional = new Set(resourcesIn(entries.filter((entry) => entry.isConditional)))
  return {
    resources: sound,
    faulty,
    byReference,
    decimals,
    source,
    owners,
    production,
    publicIds,
    partOf: new Map(),
    messageId: bytesId,
    at: sentAt ?? receivedAt / 1000,
    patients: patientsByIdentifier(sound),
    patientKeys,
    outside,
    answered: new Map(),
    partial,
    numbers: openNumbers(known === null ? null : outside, conditional),
    client: submitter?.client ?? null,
    isAnswered: isAnswered(sent),
    updates: new Set(resourcesIn(entries.filter(isUpdate))),
  }
}

/**
 * The events of each entry, and the elements that no mapping used. An entry with a modifier that is
 * not understood gets its fault; in a batch the rest is then mapped again without it, because it
 * may have become part of a report.
 */
function* mapSubmission(
  sent: Submission,
  message: FhirMessage,
  { mappings }: FhirRules,
): Steps<{ mapped: MappedEntries; unused: string[] }> {
  const mapped = yield* mapEntries(sent, message, mappings)
  const notUsed = yield* unusedElements(resourcesIn(sent.entries))
  const left = [...leftOutOf(sent.entries), ...notUsed]
  const unlisted = sent.entries.flatMap((entry) => entry.unlisted)
  const unused = [
    ...new Set(notUsed.flatMap(({ elements }) => elements.map(({ path }) => path))),
    ...new Set(unlisted),
  ]
  const modified = refuseModifiers(sent.entries, unused)
  if (modified.length === 0 || !sent.isBatch)
    return { mapped: withNotShown(mapped, left, message), unused }
  const faulty = new Set([...message.faulty, ...modified])
  const again = { ...message, faulty, partOf: new Map() }
  const rest = yield* mapEntries(sent, again, mappings)
  return { mapped: withNotShown(rest, left, again), unused }
}

/** The elements of each resource that could not be read. */
const leftOutOf = (entries: readonly SubmissionEntry[]): UnusedOf[] =>
  entries.flatMap(({ resource, leftOut }) =>
    resource === null || leftOut.length === 0 ? [] : [{ resource, elements: leftOut }],
  )

/** The elements of each resource that had a value and were not used. */
function* unusedElements(resources: readonly Resource[]): Steps<UnusedOf[]> {
  const unused: UnusedOf[] = []
  for (const resource of resources) {
    const elements = unusedIn(resource)
    if (elements.length > 0) unused.push({ resource, elements })
    yield
  }
  return unused
}

const failed = (
  messageId: string,
  bytesId: string,
  faults: readonly RequestFault[],
): NormalisedFhir => ({
  messageId,
  bytesId,
  type: null,
  controlId: null,
  sentAt: null,
  characterSet: 'utf-8',
  patientKeys: [],
  events: [],
  attachments: [],
  unused: [],
  resolved: [],
  stated: [],
  numbers: [],
  awaits: [],
  problem: problemOf(faults),
  sent: null,
  faults,
})
