import type { ResourceKnown } from '@tideway/schemas/events.generated'
import type { Outside, Resource } from '../normalise/message.ts'
import { resourceAt } from '../normalise/resource-at.ts'
import type { KnownResources, Submitter } from './known-resource.ts'
import { nameOfReference, serverIn } from './names.ts'
import { ownNames } from './own-names.ts'

/**
 * Names a reference may have, the surest first. `Patient/1` in a resource of one server is not
 * `Patient/1` of another.
 */
const namesOf = (reference: string, from: Resource, base: string): string[] => {
  const name = nameOfReference(reference, base)
  if (name === null) return []
  const server = serverIn(from.fullUrl)
  if (server === null || name.startsWith('http')) return [name]
  const there = nameOfReference(`${server}${name}`, base) ?? name
  return there === name ? [name] : [there, name]
}

const isOfServer = ({ base }: ResourceKnown, from: Resource): boolean => {
  const server = serverIn(from.fullUrl)
  return base === null || server === null || base === server
}

/** The resource, as far as it is known: what others need of it to refer to it. */
const asResource = ({ names: [name = ''], type, json }: ResourceKnown, from: Resource): Resource =>
  resourceAt(
    json === null
      ? { resourceType: type, id: name.slice(name.lastIndexOf('/') + 1) }
      : (JSON.parse(json) as Resource['sent']),
    from.place,
    null,
  )

/**
 * What a message refers to outside itself.
 *
 * @param known  null if nothing outside the message is known, e.g. when a sample is read
 */
export const outsideOf = (
  known: KnownResources | null,
  submitter: Submitter | null,
  patientKeys: Map<Resource, string>,
): Outside => {
  const used = new Map<string, ResourceKnown>()
  const found = new Map<ResourceKnown, Resource>()
  const knownAs = new Map<Resource, ResourceKnown>()
  const missing = new Set<string>()
  /** Each name is looked up once, so that a message is read by one state of what is known. */
  const looked = new Map<string, ResourceKnown | null>()
  const base = submitter?.base ?? '/fhir'

  const resourceOf = (resource: ResourceKnown, from: Resource): Resource => {
    const before = found.get(resource)
    if (before !== undefined) return before
    const made = asResource(resource, from)
    found.set(resource, made)
    knownAs.set(made, resource)
    if (resource.type === 'Patient' && resource.patientKey !== null)
      patientKeys.set(made, resource.patientKey)
    return made
  }

  const lookUp = (name: string): ResourceKnown | null => {
    const before = looked.get(name)
    if (before !== undefined) return before
    const resource = known?.(name) ?? null
    const found = resource === null ? null : { ...resource, names: [name] }
    looked.set(name, found)
    return found
  }
  const statedBefore = (names: readonly string[]) =>
    names.map(lookUp).find((resource) => resource !== null) ?? null

  return {
    used,
    missing,
    find(reference, from) {
      if (known === null) return null
      for (const name of namesOf(reference, from, base)) {
        const resource = lookUp(name)
        if (resource === null || !isOfServer(resource, from)) continue
        if (resource.type === 'Patient' && resource.patientKey === null) continue
        used.set(name, resource)
        return resourceOf(resource, from)
      }
      return null
    },
    await(reference, from) {
      const names = known === null ? [] : namesOf(reference, from, base)
      for (const name of names) missing.add(name)
      return names.length > 0
    },
    lookFor: (name) => {
      missing.add(name)
    },
    knownOf: (resource) => knownAs.get(resource) ?? null,
    statedBefore,
    ownBefore: (resource) => statedBefore(ownNames(resource, base)),
    use: (resource) => {
      for (const name of resource.names) used.set(name, resource)
    },
  }
}
