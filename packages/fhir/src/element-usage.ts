import type { FhirObject } from './fhir-object.ts'

/** Names that were read, by the object or list of what was sent in which they stand. */
export type ReadMarks = Map<object, Set<string>>

const asSent = Symbol('what was sent')

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
const hasOnlyPlain = (value: object): boolean => Array.isArray(value) && !value.some(isObject)

/** Marks that a name was read of an object or a list that has it. */
const note = (marks: ReadMarks, of: object, name: string): void => {
  const read = marks.get(of)
  if (read === undefined) marks.set(of, new Set([name]))
  else read.add(name)
}

/**
 * What was sent, seen so that each element read is marked. A list of plain values is read whole,
 * without the nulls that stand where only an extension was sent.
 */
export const marking = (sent: FhirObject, marks: ReadMarks): FhirObject => {
  const views = new WeakMap<object, object>()
  const viewOf = (value: object): object => {
    const known = views.get(value)
    if (known !== undefined) return known
    const view = new Proxy(value, {
      get(target, name) {
        if (typeof name === 'symbol') return name === asSent ? target : Reflect.get(target, name)
        const found: unknown = Reflect.get(target, name)
        if (found === undefined || !Object.hasOwn(target, name)) return found
        note(marks, target, name)
        return isObject(found) ? seen(found) : found
      },
    })
    views.set(value, view)
    return view
  }
  const seen = (found: object): object => {
    if (!hasOnlyPlain(found)) return viewOf(found)
    marks.set(found, new Set(Object.keys(found)))
    const values = found as readonly unknown[]
    return values.includes(null) ? values.filter((value) => value !== null) : values
  }
  return viewOf(sent) as FhirObject
}

/** Marks everything in it as read: it is kept whole. */
export const markAll = (sent: object, marks: ReadMarks): void => {
  marks.set(sent, new Set(Object.keys(sent)))
  for (const value of Object.values(sent) as unknown[]) if (isObject(value)) markAll(value, marks)
}

/** The object as it was sent, of one that marks what is read of it. */
export const sentOf = (view: object): object => (view as { [asSent]?: object })[asSent] ?? view

/**
 * The narrative only repeats the elements, unless it says that it does not; ids and languages are
 * no content.
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

/** `_birthDate` is what extends `birthDate`. */
const nameIn = (name: string): string =>
  name.startsWith('_') ? `${name.slice(1)}.extension` : name

/**
 * Paths of the elements that had a value and were not read, without indices:
 * `Observation.component.code`. Of what was not read at all, its own path alone; of a list a path
 * where any of it was not.
 */
export const unreadIn = (
  sent: object,
  marks: ReadMarks,
  path: string,
  isResource = true,
): string[] => {
  const read = marks.get(sent)
  return Object.entries(sent).flatMap(([name, value]: [string, unknown]) => {
    if (isEnvelope(name, value, isResource)) return []
    const at = Array.isArray(sent) ? path : `${path}.${nameIn(name)}`
    if (read === undefined || !read.has(name))
      return [isResource && name === 'meta' ? `${at}.security` : at]
    return isObject(value) ? unreadIn(value, marks, at, false) : []
  })
}
