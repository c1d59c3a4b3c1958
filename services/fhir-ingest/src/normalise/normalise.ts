import type { Problem } from '@tideway/schemas/events.generated'
import { messageIdOf } from '@tideway/schemas/public-id'
import type { FhirSource } from '@tideway/schemas/source'
import { attachmentsOf, eventsFrom, type Happening } from '@tideway/ingest/draft-event'
import type { Upload } from '@tideway/ingest/large-payloads'
import type { NormalisedMessage } from '@tideway/ingest/message-records'
import { type Entry, indexOf, openSent, type Sent } from './bundle.ts'
import { refuseDuplicates } from './duplicates.ts'
import { type Fault, fault, FhirError, fhirError, waits } from '@tideway/fhir/errors'
import type { Mappings } from '../load-mappings.ts'
import { type Message, type Resource, unusedOf } from './message.ts'
import { refuseModifiers } from './modifiers.ts'
import { type FhirObject, type Parsed, parseJson } from '@tideway/fhir/parse-json'
import { patientsByIdentifier } from '../keys/patient-key.ts'
import { atOnce, type Steps } from '@tideway/fhir/validation/cooperative-scheduler'
import { isTooDeep } from '@tideway/fhir/validation/validate'
import { parseXml } from '@tideway/fhir/xml/read-xml'

/** A message as it came, and from whom. `receivedAt` in microseconds since 1970 UTC. */
export type Receipt = {
  source: FhirSource
  bytes: Buffer
  receivedAt: number
  /** PUT. */
  isUpdate?: boolean
  /** Of a message that was received before. */
  messageId?: string
}

export type Rules = {
  mappings: Mappings
  owners: ReadonlyMap<string, string>
  production: boolean
  maxEntries: number
}

/** What a message says, or why it cannot be told. */
export type Normalised = NormalisedMessage & {
  /** Bytes the events refer to. They must be stored before the events are published. */
  attachments: Upload[]
  /**
   * Stands in for the id of what has none: the same bytes again are the same things, even where
   * they are another message.
   */
  bytesId: string
  /** What was sent, with the faults of each entry. Null where it could not be opened. */
  sent: Sent | null
  /** Everything wrong with it; of a batch what is wrong with the whole. */
  faults: readonly Fault[]
}

const firstByte = /[^\s\uFEFF]/

export const isXml = (bytes: Buffer): boolean =>
  firstByte.exec(bytes.toString('utf8', 0, 256))?.[0] === '<'

const withoutMark = (bytes: Buffer): Buffer =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes

/** @throws FhirError NOT_JSON, NOT_XML, XML_FORBIDDEN, TOO_DEEP or UNKNOWN_RESOURCE */
const parse = (bytes: Buffer): Parsed => {
  const parsed = isXml(bytes) ? parseXml(withoutMark(bytes)) : parseJson(withoutMark(bytes))
  if (isTooDeep(parsed.resource)) throw fhirError('TOO_DEEP', 'body')
  return parsed
}

const faultsIn = (error: unknown, place: string): readonly Fault[] =>
  error instanceof FhirError ? error.faults : [fault('UNEXPECTED', place)]

/**
 * Bytes to events. Pure: the same bytes of the same source give the same events with the same ids.
 * Never throws.
 *
 * An update that does not say when it was made holds from when it was received, and ends what was
 * said between: the same bytes put again after others are another message, and so is a request that
 * was sent twice, which says the same once more.
 *
 * A fault in one entry of a batch fails that entry; anywhere else it fails the whole, because half
 * a message would be a wrong record.
 */
export const normalise = (receipt: Receipt, rules: Rules): Normalised =>
  atOnce(normalising(receipt, rules))

/** The same in steps: a large Bundle takes a second. */
export function* normalising(receipt: Receipt, rules: Rules): Steps<Normalised> {
  const { source, bytes, receivedAt } = receipt
  const idOfBytes = messageIdOf(source.ods, bytes)
  const givenId = receipt.messageId ?? idOfBytes
  try {
    const { resource, decimals } = parse(bytes)
    const sent = yield* openSent(resource, rules.maxEntries)
    const about = aboutOf(resource, sent, givenId)
    if (receipt.messageId === undefined && about.sentAt === null && isUpdate(receipt, sent))
      about.messageId = messageIdOf(source.ods, bytes, receivedAt)
    const byReference = indexOf(sent.entries)
    const resources = sent.entries.map((entry) => entry.resource).filter((one) => one !== null)
    const faulty = new Set(
      sent.entries
        .filter(({ faults }) => faults.length > 0)
        .map((entry) => entry.resource)
        .filter((one) => one !== null),
    )
    const sound = resources.filter((one) => !faulty.has(one))
    const message: Message = {
      resources: sound,
      faulty,
      byReference,
      decimals,
      source,
      owners: rules.owners,
      production: rules.production,
      partOf: new Map(),
      messageId: idOfBytes,
      at: about.sentAt ?? receivedAt / 1000,
      patients: patientsByIdentifier(sound),
      patientKeys: new Map(),
    }
    const told = yield* happeningsOf(sent, message, rules.mappings)
    const unused = yield* unusedIn(resources)
    const modified = refuseModifiers(sent.entries, unused)
    // What took one of them in was told as if its modifier were not there.
    const happenings =
      modified.length > 0 && sent.isBatch
        ? yield* happeningsOf(
            sent,
            { ...message, faulty: new Set([...faulty, ...modified]), partOf: new Map() },
            rules.mappings,
          )
        : told
    return {
      ...about,
      ...outcomeOf(sent, happenings, unused),
      ...eventsOf(sent, happenings, { ...about, source: source.ods, receivedAt }),
      bytesId: idOfBytes,
      sent,
    }
  } catch (error) {
    return failed(givenId, idOfBytes, faultsIn(error, 'body'))
  }
}

const isUpdate = (receipt: Receipt, { entries }: Sent): boolean =>
  receipt.isUpdate === true || entries.some(({ method }) => method === 'PUT')

const failed = (messageId: string, bytesId: string, faults: readonly Fault[]): Normalised => ({
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
  problem: problemOf(faults),
  sent: null,
  faults,
})

const problemOf = ([first]: readonly Fault[]): Problem | null =>
  first === undefined ? null : { code: first.code, place: first.at ?? 'body' }

type About = Pick<Normalised, 'messageId' | 'type' | 'controlId' | 'sentAt' | 'characterSet'>

const aboutOf = (json: FhirObject, { type }: Sent, messageId: string): About => {
  const identifier = json['identifier'] as { value?: unknown } | undefined
  const stamp = json['timestamp'] ?? (json['meta'] as FhirObject | undefined)?.['lastUpdated']
  const instant = typeof stamp === 'string' ? Date.parse(stamp) : Number.NaN
  const controlId =
    type.startsWith('Bundle') && typeof identifier?.value === 'string' ? identifier.value : null
  return {
    messageId,
    type: `FHIR ${type}`,
    controlId,
    sentAt: Number.isNaN(instant) ? null : instant,
    characterSet: 'utf-8',
  }
}

/**
 * What each entry says, Patients first, so that a patient is known before what happened to him.
 * Faults are added to their entries. What only a report would have told that is refused is told by
 * itself: it was not refused.
 */
function* happeningsOf(
  sent: Sent,
  message: Message,
  mappings: Mappings,
): Steps<Map<Entry, Happening[]>> {
  const said = new Map<Entry, Happening[]>()
  yield* tell(sent, said, message, mappings)
  refuseDuplicates(said)
  if (sent.isBatch && message.partOf.size > 0) {
    yield* tell(sent, said, message, mappings)
    refuseDuplicates(said)
  }
  return said
}

/** Adds what entries say that is not said yet. */
function* tell(
  { entries, isBatch }: Sent,
  said: Map<Entry, Happening[]>,
  message: Message,
  mappings: Mappings,
): Steps<void> {
  const order = (entry: Entry) => mappings.get(entry.resource?.type ?? '')?.order ?? 0
  const refused = new Set<Resource>(
    entries.flatMap(({ resource, faults }) =>
      resource !== null && faults.length > 0 ? [resource] : [],
    ),
  )
  const isToldOf = (resource: Resource) =>
    [...(message.partOf.get(resource) ?? [])].some((one) => !refused.has(one))
  for (const entry of entries.toSorted((a, b) => order(a) - order(b))) {
    const { resource, faults } = entry
    const mapping = resource === null ? undefined : mappings.get(resource.type)
    if (
      resource === null ||
      mapping === undefined ||
      faults.length > 0 ||
      said.has(entry) ||
      isToldOf(resource)
    )
      continue
    yield
    try {
      said.set(entry, mapping.toEvents(resource, message))
    } catch (error) {
      // In a whole that is refused for it anyway, the fault itself says enough.
      faults.push(
        ...faultsIn(error, resource.place).filter(
          ({ code }) => isBatch || code !== 'FAULTY_REFERENCE',
        ),
      )
      refused.add(resource)
    }
  }
}

/**
 * Elements of these resources that had a value and were not used, each once; of a resource of which
 * nothing was, its type.
 */
function* unusedIn(resources: readonly Resource[]): Steps<string[]> {
  const unused = new Set<string>()
  for (const resource of resources) {
    for (const path of unusedOf(resource)) unused.add(path)
    yield
  }
  return [...unused]
}

type Outcome = Pick<Normalised, 'faults' | 'problem' | 'unused'>

const outcomeOf = (
  sent: Sent,
  said: ReadonlyMap<Entry, Happening[]>,
  unused: readonly string[],
): Outcome => {
  const all = sent.entries.flatMap(({ faults }) => faults)
  if (sent.isBatch && all.length > 0) return outcomeOfBatch(all, unused)
  const nothing =
    all.length === 0 && [...said.values()].every((happenings) => happenings.length === 0)
  const faults = nothing
    ? [
        fault(
          'UNSUPPORTED_TYPE',
          sent.entries.find(({ resource }) => resource !== null)?.resource?.place ?? 'Bundle.entry',
        ),
      ]
    : all
  const refusal = faults.find(({ code }) => !waits(code))
  return {
    faults,
    problem: problemOf(refusal === undefined ? faults : [refusal]),
    unused: faults.length > 0 ? [] : [...unused],
  }
}

/**
 * What failed in it was refused to its sender and is listed as unused; the rest stands. Only our
 * own defect waits for someone.
 */
const outcomeOfBatch = (all: readonly Fault[], unused: readonly string[]): Outcome => ({
  faults: [],
  problem: problemOf(all.filter(({ code }) => waits(code))),
  unused: [...all.map(({ code, at }) => `${at ?? 'Bundle'} ${code}`), ...unused],
})

type Origin = About & { source: string; receivedAt: number }

/** A whole that failed has no events; of a batch the entries that did not. */
const eventsOf = (
  { entries, isBatch }: Sent,
  said: ReadonlyMap<Entry, Happening[]>,
  origin: Origin,
): Pick<Normalised, 'events' | 'patientKeys' | 'attachments'> => {
  const isRefused = !isBatch && entries.some(({ faults }) => faults.length > 0)
  const happenings = [...said]
    .filter(([{ faults }]) => faults.length === 0)
    .flatMap(([, happened]) => happened)
  const patientKeys = [...new Set(happenings.map(({ patientKey }) => patientKey))]
  if (isRefused) return { events: [], patientKeys, attachments: [] }
  return {
    patientKeys,
    events: eventsFrom(happenings, origin),
    attachments: attachmentsOf(happenings),
  }
}
