import { elementOf, isPrimitive, isResourceType, jsTypeOf } from '../definitions.ts'
import { type FhirFault, r4Fault } from '../fault.ts'
import { type FhirObject, isObject } from '../parse-json.ts'

const wrong = (place: string, text: string): FhirFault[] => [
  r4Fault('INVALID_STRUCTURE', place, text),
]

const isNoText = (code: string): boolean => ['number', 'boolean'].includes(jsTypeOf(code) ?? '')

/** What one value of an element must be: an object where the type has elements, else none. */
const ofOne = (value: unknown, code: string, place: string): FhirFault[] => {
  // The validator passes over every empty text, as if nothing were there.
  if (value === '' && isNoText(code))
    return [r4Fault('INVALID_VALUE', place, 'Expected a value, not an empty text.')]
  if (isPrimitive(code))
    return typeof value === 'object' && value !== null ? wrong(place, 'Expected one value.') : []
  return isObject(value) ? shapeFaults(value, code, place) : wrong(place, 'Expected an object.')
}

const ofElement = (
  value: unknown,
  { isArray, code }: { isArray: boolean; code: string },
  place: string,
): FhirFault[] => {
  if (!isArray)
    return Array.isArray(value)
      ? wrong(place, 'Expected one, not an array.')
      : ofOne(value, code, place)
  if (!Array.isArray(value)) return wrong(place, 'Expected array of values for property.')
  return value.flatMap((one, index) => ofOne(one, code, `${place}[${index}]`))
}

/** `_birthDate` beside `birthDate`: an object, or a list of them and of nulls. */
const isExtending = (value: unknown): boolean =>
  Array.isArray(value) ? value.every((one) => one === null || isObject(one)) : isObject(value)

/**
 * Where arrays, objects and plain values stand in for each other. The validator takes some of them
 * for what they should be, and others letter by letter. An empty array or object says nothing, and
 * is taken as that, although R4 has none.
 *
 * @see FHIR R4, JSON representation of resources
 */
export const shapeFaults = (json: FhirObject, type: string, place: string): FhirFault[] =>
  Object.entries(json).flatMap(([name, value]) => {
    const known =
      name === 'resourceType' || name === 'contained' || name === 'resource'
        ? null
        : elementOf(type, name)
    if (known !== null)
      return ofElement(
        value,
        { isArray: known.element.isArray === true, code: known.code },
        `${place}.${name}`,
      )
    if (name.startsWith('_'))
      return isExtending(value)
        ? []
        : wrong(`${place}.${name.slice(1)}`, 'Expected an object that extends it.')
    return name === 'contained' && Array.isArray(value)
      ? value.flatMap((one, index) => ofContained(one, `${place}.contained[${index}]`))
      : []
  })

const ofContained = (one: unknown, place: string): FhirFault[] =>
  isObject(one) && isResourceType(one['resourceType'])
    ? shapeFaults(one, one['resourceType'], place)
    : []
