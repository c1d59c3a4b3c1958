import type { FhirObject } from './fhir-object.ts'

/** Names read from each object or list of a resource. */
export type ElementUsage = Map<object, Set<string>>

const asSent = Symbol('what was sent')

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
const hasOnlyPlain = (value: object): boolean => Array.isArray(value) && !value.some(isObject)

/** Records that a name was read. */
const note = (usage: ElementUsage, of: object, name: string): void => {
  const read = usage.get(of)
  if (read === undefined) usage.set(of, new Set([name]))
  else read.add(name)
}

/**
 * A view of a resource that records each element read through it. A list of primitives counts as
 * read as a whole, and is returned without the nulls for values that have only an extension.
 */
export const trackUsage = (sent: FhirObject, usage: ElementUsage): FhirObject => {
  const views = new Map<object, object>()
  const viewOf = (value: object): object => {
    const known = views.get(value)
    if (known !== undefined) return known
    const view = new Proxy(value, {
      get(target, name) {
        if (typeof name === 'symbol') return name === asSent ? target : Reflect.get(target, name)
        const found: unknown = Reflect.get(target, name)
        if (found === undefined || !Object.hasOwn(target, name)) return found
        note(usage, target, name)
        return isObject(found) ? seen(found) : found
      },
    })
    views.set(value, view)
    return view
  }
  const seen = (found: object): object => {
    if (!hasOnlyPlain(found)) return viewOf(found)
    usage.set(found, new Set(Object.keys(found)))
    const values = found as readonly unknown[]
    return values.includes(null) ? values.filter((value) => value !== null) : values
  }
  return viewOf(sent) as FhirObject
}

/** Marks an object and everything in it as used. */
export const markAllUsed = (sent: object, usage: ElementUsage): void => {
  usage.set(sent, new Set(Object.keys(sent)))
  for (const value of Object.values(sent) as unknown[])
    if (isObject(value)) markAllUsed(value, usage)
}

/** The object behind a view of `trackUsage`; any other object as it is. */
export const untracked = (view: object): object => (view as { [asSent]?: object })[asSent] ?? view

/**
 * Elements that are not content: ids, languages, and the narrative unless it has additional
 * content.
 */
const isEnvelope = (name: string, value: unknown, isResource: boolean): boolean => {
  if (name === 'id' || value === null) return true
  if (!isResource) return false
  if (name === 'text') return (value as { status?: string }).status !== 'additional'
  return (
    name === 'resourceType' ||
    name === 'language' ||
    name === 'contained' ||
    (name === 'meta' && (value as FhirObject)['security'] === undefined)
  )
}

/** `_birthDate` holds the extensions of `birthDate`. */
const nameIn = (name: string): string =>
  name.startsWith('_') ? `${name.slice(1)}.extension` : name

/**
 * Places of the elements that had a value and were not read, one for each value:
 * `Observation.component[1].code`. An element that was not read at all is listed without its
 * children.
 *
 * @param place  of the resource or element
 */
export const unusedPlaces = (
  sent: object,
  usage: ElementUsage,
  place: string,
  isResource = true,
): string[] => {
  const read = usage.get(sent)
  return Object.entries(sent).flatMap(([name, value]: [string, unknown]) => {
    if (isEnvelope(name, value, isResource)) return []
    const at = Array.isArray(sent) ? `${place}[${name}]` : `${place}.${nameIn(name)}`
    if (read === undefined || !read.has(name))
      return isResource && name === 'meta' ? [`${at}.security`] : eachOf(at, value)
    return isObject(value) ? unusedPlaces(value, usage, at, false) : []
  })
}

const eachOf = (place: string, value: unknown): string[] =>
  Array.isArray(value) ? value.map((_, index) => `${place}[${index}]`) : [place]

/** The place without indices: `Observation.component.code`. */
export const pathOf = (place: string): string => place.replaceAll(/\[\d+\]/g, '')
