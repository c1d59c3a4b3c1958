import type { FhirObject } from './parse-json.ts'

/** The parts of a Bundle resource that references need. */
export type Referable<R> = {
  readonly type: string
  readonly sent: FhirObject
  readonly fullUrl: string | null
  /** Its contained resources; of a contained resource, those beside it. */
  readonly containedById: ReadonlyMap<string, R>
}

/** `Patient/1` of a relative or absolute reference, versioned or not; else the reference itself. */
const typeAndId = (reference: string): string =>
  /([A-Z][A-Za-z]+\/[A-Za-z0-9.-]{1,64})(?:\/_history\/[^/]+)?$/.exec(reference)?.[1] ?? reference

const isAbsolute = (reference: string): boolean => /^https?:/.test(reference)

/**
 * Base address of the server, e.g. `https://x.example/fhir/`; null if it is not a server address.
 */
const serverOf = (address: string | null): string | null =>
  /^(https?:.*\/)[A-Z][A-Za-z]+\/[A-Za-z0-9.-]{1,64}(?:\/_history\/[^/]+)?$/.exec(
    address ?? '',
  )?.[1] ?? null

/**
 * The resource of a Bundle that a reference resolves to; null if it is not in the Bundle.
 *
 * `Patient/1` on one server is not `Patient/1` on another: the servers of the addresses must agree.
 *
 * @param to           Reference.reference, e.g. `#p`, `urn:uuid:...` or `Patient/1`
 * @param from         the resource that holds the reference
 * @param byReference  from `indexReferences`
 * @see FHIR R4, Bundle, resolving references in Bundles
 */
export const findReferenced = <R extends Referable<R>>(
  to: string,
  from: R,
  byReference: ReadonlyMap<string, R>,
): R | null => {
  if (to.startsWith('#')) return from.containedById.get(to.slice(1)) ?? null
  const exact = byReference.get(to)
  const target = exact ?? byReference.get(typeAndId(to)) ?? null
  const there = serverOf(target?.fullUrl ?? null)
  if (isAbsolute(to)) return exact ?? (there !== null && there === serverOf(to) ? target : null)
  const here = serverOf(from.fullUrl)
  return there !== null && here !== null && there !== here ? null : target
}

/** Resource type in the text of a reference; null if it has none. */
export const typeInReference = (reference: string): string | null =>
  /(?:^|\/)([A-Z][A-Za-z]+)[/?]/.exec(reference)?.[1] ?? null

/**
 * The identifier of a conditional reference, `Patient?identifier=system|value`; null for any other
 * condition.
 *
 * @see FHIR R4, RESTful API, conditional references
 */
export const identifierCondition = (
  reference: string,
  type: string,
): { system: string; value: string } | null => {
  if (!reference.startsWith(`${type}?`)) return null
  const [first, ...more] = [...new URLSearchParams(reference.slice(type.length + 1))]
  if (first === undefined || more.length > 0 || first[0] !== 'identifier') return null
  const bar = first[1].indexOf('|')
  return bar < 1 ? null : { system: first[1].slice(0, bar), value: first[1].slice(bar + 1) }
}

type ReferableEntry<R> = { readonly resource: R | null; readonly method: string }

/**
 * Resources of a Bundle by fullUrl, and by type and id.
 *
 * An entry is a duplicate if an earlier one has its fullUrl, if one of the two has the type and id
 * of the other as its fullUrl, or if both update one resource. Two resources of one type and id
 * with different fullUrls are distinct; a reference by type and id alone then resolves to neither.
 * Patients with the same type and id are always duplicates: a guess could put one person's data in
 * another's record.
 *
 * @see FHIR R4, Bundle, invariant bdl-7 and resolving references in Bundles
 */
export const indexReferences = <R extends Referable<R>, E extends ReferableEntry<R>>(
  entries: readonly (E & ReferableEntry<R>)[],
): { byReference: ReadonlyMap<string, R>; duplicates: E[] } => {
  const byUrl = new Map<string, R>()
  const byId = new Map<string, ReferableEntry<R>[]>()
  const duplicates: E[] = []
  for (const entry of entries) {
    const { resource } = entry
    if (resource === null) continue
    const { fullUrl } = resource
    const name = nameOf(resource)
    const namesakes = (name === null ? undefined : byId.get(name)) ?? []
    const isTaken =
      [fullUrl, name].some((one) => one !== null && byUrl.has(one)) ||
      (fullUrl !== null && byId.has(fullUrl))
    if (isTaken || namesakes.some((other) => !areDistinct(entry, other))) duplicates.push(entry)
    else if (fullUrl !== null) byUrl.set(fullUrl, resource)
    if (name !== null) byId.set(name, [...namesakes, entry])
  }
  const named = [...byId].flatMap(([name, [entry, ...more]]) =>
    entry?.resource && more.length === 0 ? [[name, entry.resource] as const] : [],
  )
  return { byReference: new Map([...named, ...byUrl]), duplicates }
}

const nameOf = ({ type, sent }: { type: string; sent: FhirObject }): string | null =>
  typeof sent['id'] === 'string' ? `${type}/${sent['id']}` : null

const areDistinct = <R extends Referable<R>>(
  one: ReferableEntry<R>,
  other: ReferableEntry<R>,
): boolean =>
  one.resource?.type !== 'Patient' &&
  [one, other].every(({ resource }) => resource?.fullUrl !== null) &&
  !(one.method === 'PUT' && other.method === 'PUT')
