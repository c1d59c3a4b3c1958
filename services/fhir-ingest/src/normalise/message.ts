import type { IdSeal } from '@tideway/schemas/id-seal'
import type { Identifier } from '@medplum/fhirtypes'
import type { ResourceKnown } from '@tideway/schemas/events.generated'
import type { FhirSource } from '@tideway/schemas/source'
import type { Decimals, FhirObject } from '@tideway/fhir/parse-json'
import { pathOf, type ElementUsage, unusedPlaces } from '@tideway/fhir/element-usage'

/** A resource of a message, its place, and which of its elements were read. */
export type Resource = {
  readonly type: string
  /** Records what is read of it; `sent` does not. */
  readonly json: FhirObject
  readonly sent: FhirObject
  readonly usage: ElementUsage
  /** Its contained resources; of a contained resource, those beside it. */
  readonly contained: readonly Resource[]
  /** The same by id, without ids that occur twice, because they are ambiguous. */
  readonly containedById: ReadonlyMap<string, Resource>
  /** FHIRPath expression, e.g. `Bundle.entry[3].resource`. */
  readonly place: string
  readonly fullUrl: string | null
}

/** Patients in the submission, by their current and former identifiers (`system|value`). */
export type PatientsByIdentifier = ReadonlyMap<
  string,
  readonly { patient: Resource; identifier: Identifier }[]
>

/** What its client has sent in other messages, as far as a message refers to it. */
export type Outside = {
  /** The referenced resource, as far as it is known: its identifiers, not its content. */
  find: (reference: string, from: Resource) => Resource | null
  /** Notes that the message waits for the referenced resource. @returns false if none can come */
  await: (reference: string, from: Resource) => boolean
  /** What a resource from `find` is known by; null for a resource of the message. */
  knownOf: (resource: Resource) => ResourceKnown | null
  /** Notes a name that the message cannot be applied without. */
  lookFor: (name: string) => void
  /** What was stated before under one of these names. */
  statedBefore: (names: readonly string[]) => ResourceKnown | null
  /** What was stated before of a resource of the message, by the names its client gives it. */
  ownBefore: (resource: Resource) => ResourceKnown | null
  /** Notes that the events rest on it. */
  use: (resource: ResourceKnown) => void
  /** By name, all that the events rest on. */
  used: ReadonlyMap<string, ResourceKnown>
  /** Names of what it waits for. */
  missing: ReadonlySet<string>
}

/** A number that a resource has, and the keys it may have. */
export type Numbered = {
  patientKey: string
  /** That of the number. */
  plain: string
  byId: () => string
}

/** What a message makes of a number, and what was known when it was read. */
export type StatedNumber = { now: ResourceKnown; before: ResourceKnown | null }

/** Keys of resources whose number others have too: see `openNumbers`. */
export type KnownNumbers = {
  /** Key of a resource with a number. */
  keyOf: (resource: Resource, numbered: Numbered, message: FhirMessage) => string
  /** The key of an update, which is that its resource has; else as it would be. */
  keyKept: (
    resource: Resource,
    patientKey: string,
    otherwise: string,
    message: FhirMessage,
  ) => string
  /** Keys of all that have a number; that of the number itself if it is not remembered. */
  keysOf: (type: string, patientKey: string, plain: string) => string[]
  /** What is to be remembered of the numbers of a message. */
  stated: (
    isStated: (resource: Resource) => boolean,
    said: Pick<ResourceKnown, 'messageId' | 'saidAt'>,
  ) => StatedNumber[]
}

/** A submission and its sender. */
export type FhirMessage = {
  readonly resources: readonly Resource[]
  /** By fullUrl, and by type and id. */
  readonly byReference: ReadonlyMap<string, Resource>
  readonly decimals: Decimals
  readonly source: FhirSource
  /** ODS code by identifier system, of all sources. */
  readonly owners: ReadonlyMap<string, string>
  /** NHS numbers of the test ranges are rejected. */
  readonly production: boolean
  /** Null where nothing is answered. */
  readonly publicIds: IdSeal | null
  /** Resources that are part of others, e.g. the observations of a report, with those others. */
  readonly partOf: Map<Resource, Set<Resource>>
  /** Cached topic keys of Patients: most resources are about the same one. */
  readonly patientKeys: Map<Resource, string>
  /** Resources with faults: they give no events. */
  readonly faulty: ReadonlySet<Resource>
  /**
   * Derived from the bytes. Replaces a missing resource id, so that sending the resource twice
   * gives one resource.
   */
  readonly messageId: string
  /** Creation time if stated, else receive time; milliseconds since 1970 UTC. */
  readonly at: number
  readonly patients: PatientsByIdentifier
  readonly outside: Outside
  /** Id of the client; null where it is not known, e.g. when a sample is read. */
  readonly client: string | null
  /** Each resource is answered an id: it is not part of a message or a document. */
  readonly isAnswered: boolean
  /** Resources sent to their own address (PUT): their client chose their ids. */
  readonly updates: ReadonlySet<Resource>
  readonly numbers: KnownNumbers
  /** Resources of which something could not be read: they may have said more. */
  readonly partial: ReadonlySet<Resource>
  /** What is known by the names that its resources are answered. */
  readonly answered: Map<string, Pick<ResourceKnown, 'patientKey' | 'key'>>
}

/** Reads an element, and records that it was used. */
export const take = <T>(resource: Resource, name: string): T | null =>
  (resource.json[name] as T | undefined) ?? null

export const takeAll = <T>(resource: Resource, name: string): readonly T[] =>
  take<T[]>(resource, name) ?? []
/** An element that was not used: its place in the submission, and its path in the resource. */
export type UnusedElement = { place: string; path: string }

const unusedOfOne = ({ type, sent, usage, place }: Resource): UnusedElement[] =>
  usage.size === 0
    ? [{ place, path: type }]
    : unusedPlaces(sent, usage, place).map((one) => ({
        place: one,
        path: `${type}${pathOf(one.slice(place.length))}`,
      }))

/** Elements of a resource, and of those it contains, that had a value and were not used. */
export const unusedIn = (resource: Resource): UnusedElement[] => [
  ...unusedOfOne(resource),
  ...resource.contained.filter(({ sent }) => !resource.usage.has(sent)).flatMap(unusedOfOne),
]

/** Their paths, e.g. `Observation.component.code`. */
export const unusedOf = (resource: Resource): string[] => unusedIn(resource).map(({ path }) => path)
