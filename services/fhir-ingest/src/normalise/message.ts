import type { Identifier } from '@medplum/fhirtypes'
import type { FhirSource } from '@tideway/schemas/source'
import type { Decimals, FhirObject } from '@tideway/fhir/parse-json'
import { marking, type ReadMarks, unreadIn } from '@tideway/fhir/element-usage'

/** A resource of a message, where it stands in it, and which of its elements were read. */
export type Resource = {
  readonly type: string
  /** Marks what is read of it; `sent` does not. */
  readonly json: FhirObject
  readonly sent: FhirObject
  readonly marks: ReadMarks
  /** Those in it; of a contained one those beside it. */
  readonly contained: readonly Resource[]
  /** The same by id. Two of one id are none: which is meant would be a guess. */
  readonly containedById: ReadonlyMap<string, Resource>
  /** FHIRPath expression, e.g. `Bundle.entry[3].resource`. */
  readonly place: string
  readonly fullUrl: string | null
}

/** Patients in what was sent, by the identifiers they have, or had: system and value. */
export type PatientsByIdentifier = ReadonlyMap<
  string,
  readonly { patient: Resource; identifier: Identifier }[]
>

/** What was sent, and who sent it. */
export type FhirMessage = {
  readonly resources: readonly Resource[]
  /** By full address, and by type and id. */
  readonly byReference: ReadonlyMap<string, Resource>
  readonly decimals: Decimals
  readonly source: FhirSource
  /** Systems of identifiers any source file knows, with the ODS code each stands for. */
  readonly owners: ReadonlyMap<string, string>
  /** NHS numbers of the test ranges are refused. */
  readonly production: boolean
  /** Resources that others tell of, such as the observations of a report, with those others. */
  readonly partOf: Map<Resource, Set<Resource>>
  /** Topic keys of Patients found before: nearly every resource is about the same one. */
  readonly patientKeys: Map<Resource, string>
  /** Those that R4 finds fault with: nothing is taken from them. */
  readonly faulty: ReadonlySet<Resource>
  /**
   * Of its bytes alone. Stands in for the id of a resource that has none: sent twice it is one
   * thing.
   */
  readonly messageId: string
  /** When it was made, as far as it says so, else received; milliseconds since 1970 UTC. */
  readonly at: number
  readonly patients: PatientsByIdentifier
}

type Contained = Pick<Resource, 'contained' | 'containedById'>

const alone = (
  sent: FhirObject,
  place: string,
  fullUrl: string | null,
  { contained, containedById }: Contained,
): Resource => {
  const marks: ReadMarks = new Map()
  return {
    type: String(sent['resourceType']),
    json: marking(sent, marks),
    sent,
    marks,
    contained,
    containedById,
    place,
    fullUrl,
  }
}

/** Contained resources know each other: a reference among them leads to the same list. */
const containedIn = (sent: FhirObject, place: string): Contained => {
  const contained: Resource[] = []
  const containedById = new Map<string, Resource>()
  const siblings = { contained, containedById }
  for (const [index, one] of (Array.isArray(sent['contained'])
    ? (sent['contained'] as unknown[])
    : []
  ).entries())
    if (typeof one === 'object' && one !== null)
      contained.push(alone(one as FhirObject, `${place}.contained[${index}]`, null, siblings))
  for (const [id, [resource, ...others]] of Map.groupBy(contained, (one) => String(one.sent['id'])))
    if (resource !== undefined && others.length === 0) containedById.set(id, resource)
  return siblings
}

export const resourceAt = (sent: FhirObject, place: string, fullUrl: string | null): Resource =>
  alone(sent, place, fullUrl, containedIn(sent, place))

/** Reads an element, and marks that it was. */
export const take = <T>(resource: Resource, name: string): T | null =>
  (resource.json[name] as T | undefined) ?? null

export const takeAll = <T>(resource: Resource, name: string): readonly T[] =>
  take<T[]>(resource, name) ?? []

const unusedOfOne = ({ type, sent, marks }: Resource): string[] =>
  marks.size === 0 ? [type] : unreadIn(sent, marks, type)

export const unusedOf = (resource: Resource): string[] => [
  ...unusedOfOne(resource),
  ...resource.contained.filter(({ sent }) => !resource.marks.has(sent)).flatMap(unusedOfOne),
]
