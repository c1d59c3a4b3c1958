import { findReferenced } from '@tideway/fhir/references'
import type { DraftEvent } from '@tideway/ingest/draft-event'
import { type Missed, withMissed } from '@tideway/ingest/not-shown'
import { isClinical } from '../values/administrative-content.ts'
import type { MappedEntries } from './map-entries.ts'
import type { FhirMessage, Resource, UnusedElement } from './message.ts'

/** What was not used of a resource of the submission. */
export type UnusedOf = { resource: Resource; elements: readonly UnusedElement[] }

/**
 * The events of each entry, each with the elements that say something of the same thing and that no
 * event says: of the resource itself, else of the one that refers to it, else of the patient. What
 * belongs to none of the patients, or to any of several, stays in the list of unused elements.
 */
export const withNotShown = (
  mapped: MappedEntries,
  unused: readonly UnusedOf[],
  message: FhirMessage,
): MappedEntries => {
  const missed: Missed = new Map()
  const add = (draft: DraftEvent | null, places: readonly string[]): void => {
    if (draft !== null && places.length > 0)
      missed.set(draft, [...(missed.get(draft) ?? []), ...places])
  }
  const ownerOf = openOwners(mapped, message)
  for (const { resource, elements } of unused) {
    const places = elements.filter(({ path }) => isClinical(path)).map(({ place }) => place)
    if (places.length > 0) add(ownerOf(resource), places)
  }
  for (const [{ resource }, drafts] of mapped)
    if (resource !== null && drafts[0]?.body.type === 'ResourceReported')
      add(drafts[0], modifiersIn(resource.sent, resource.place))
  if (missed.size === 0) return mapped
  return new Map([...mapped].map(([entry, drafts]) => [entry, [...withMissed(drafts, missed)]]))
}

type OwnerOf = (resource: Resource) => DraftEvent | null

const openOwners = (mapped: MappedEntries, message: FhirMessage): OwnerOf => {
  const drafts = [...mapped.values()].flat()
  const byResource = new Map<Resource | null, DraftEvent | null>(
    [...mapped].map(([{ resource }, [first = null]]) => [resource, first]),
  )
  const keys = new Set(drafts.map(({ patientKey }) => patientKey))
  const patient =
    keys.size === 1
      ? (drafts.find(({ body }) => body.type === 'PatientDetailsReported') ?? drafts[0] ?? null)
      : null
  let referring: ReadonlyMap<Resource, DraftEvent> | null = null
  return (resource) => {
    const own = byResource.get(resource)
    if (own !== undefined && own !== null) return own
    referring ??= referencesFrom(mapped, message)
    return referring.get(resource) ?? patient
  }
}

/** The first event of a resource that refers to each resource, directly or through another. */
const referencesFrom = (
  mapped: MappedEntries,
  message: FhirMessage,
): ReadonlyMap<Resource, DraftEvent> => {
  const found = new Map<Resource, DraftEvent>()
  const follow = (from: Resource, draft: DraftEvent): void => {
    for (const to of referencesIn(from.sent)) {
      const resource = findReferenced(to, from, message.byReference)
      if (resource === null || found.has(resource) || resource.type === 'Patient') continue
      found.set(resource, draft)
      follow(resource, draft)
    }
  }
  for (const [{ resource }, [draft]] of mapped)
    if (resource !== null && draft !== undefined && resource.type !== 'Patient')
      follow(resource, draft)
  return found
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

const referencesIn = (sent: object): string[] =>
  Object.entries(sent).flatMap(([name, value]: [string, unknown]) => {
    if (name === 'reference' && typeof value === 'string') return [value]
    return isObject(value) ? referencesIn(value) : []
  })

/**
 * Modifier extensions of a resource kept complete: a reader who takes it for what its type says
 * must know that there are some.
 *
 * @see FHIR R4, Extensibility, modifier extensions
 */
const modifiersIn = (sent: object, place: string): string[] =>
  Object.entries(sent).flatMap(([name, value]: [string, unknown]) => {
    const at = Array.isArray(sent) ? `${place}[${name}]` : `${place}.${name}`
    if (name === 'modifierExtension' && Array.isArray(value))
      return value.map((_, index) => `${at}[${index}]`)
    return isObject(value) ? modifiersIn(value, at) : []
  })
