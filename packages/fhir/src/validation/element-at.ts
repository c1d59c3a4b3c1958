import { elementOf, isPrimitive, type KnownElement } from '../definitions.ts'
import { type FhirObject, isObject } from '../parse-json.ts'

/** An element of a resource: what holds it, under which name, and what R4 says of it. */
export type PlacedElement = {
  holder: FhirObject
  name: string
  index: number | null
  known: KnownElement | null
  /** Type of the holder. */
  of: string
  /** The element that holds it; null for one of the resource itself. */
  above: PlacedElement | null
}

const step = /^(\w+?)(\[x\])?(?:\[(\d+)\])?$/

/** The name that is in the JSON: `valueQuantity` where the validator says `value[x]`. */
const nameIn = (holder: FhirObject, name: string, isChoice: boolean): string =>
  isChoice
    ? (Object.keys(holder).find(
        (key) => key.startsWith(name) && /^[A-Z]/.test(key.slice(name.length)),
      ) ?? name)
    : name

/**
 * The element at a place.
 *
 * @param path  within the resource, e.g. `component[1].valueQuantity.value`
 * @returns null if it is not there, or is in a contained resource
 */
export const elementAt = (resource: FhirObject, path: string): PlacedElement | null => {
  let holder: unknown = resource
  let of = String(resource['resourceType'])
  let found: PlacedElement | null = null
  for (const part of path.split('.')) {
    found = isObject(holder) ? stepTo(holder, of, part, found) : null
    if (found === null) return null
    holder = valueAt(found)
    of = found.known?.code ?? ''
  }
  return found
}

const stepTo = (
  holder: FhirObject,
  of: string,
  part: string,
  above: PlacedElement | null,
): PlacedElement | null => {
  const [, word = '', choice, at] = step.exec(part) ?? []
  if (word === '' || (above === null && word === 'contained')) return null
  const name = nameIn(holder, word, choice !== undefined)
  if (holder[name] === undefined) return null
  const index = at === undefined ? null : Number(at)
  return { holder, name, index, known: isPrimitive(of) ? null : knownIn(of, name), of, above }
}

const knownIn = (type: string, name: string): KnownElement | null => {
  try {
    return elementOf(type, name)
  } catch {
    return null
  }
}

export const valueAt = ({ holder, name, index }: PlacedElement): unknown => {
  const value = holder[name]
  return index !== null && Array.isArray(value) ? value[index] : value
}

/** Takes an element out; a list that is empty then goes too. */
export const removeAt = ({ holder, name, index }: PlacedElement): void => {
  const value = holder[name]
  if (index !== null && Array.isArray(value) && value.length > 1) value.splice(index, 1)
  else {
    delete holder[name]
    delete holder[`_${name}`]
  }
}
