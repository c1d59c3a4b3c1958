import { elementOf, isPrimitive, isResourceType, jsTypeOf } from '../definitions.ts'
import { type FhirFault, r4Fault } from '../fault.ts'
import { type FhirObject, isObject } from '../parse-json.ts'

const wrong = (place: string, text: string): FhirFault[] => [
  r4Fault('INVALID_STRUCTURE', place, text),
]

const isNoText = (code: string): boolean => ['number', 'boolean'].includes(jsTypeOf(code) ?? '')

/** Faults of one value: an object for a complex type, else a primitive. */
const ofOne = (value: unknown, code: string, place: string): FhirFault[] => {
  // The validator ignores empty strings.
  if (value === '' && isNoText(code))
    return [r4Fault('INVALID_VALUE', place, 'Expected a value, not an empty string.')]
  if (isPrimitive(code))
    return typeof value === 'object' && value !== null
      ? wrong(place, 'Expected a primitive value.')
      : []
  return isObject(value) ? shapeFaults(value, code, place) : wrong(place, 'Expected an object.')
}

const ofElement = (
  value: unknown,
  { isArray, code }: { isArray: boolean; code: string },
  place: string,
): FhirFault[] => {
  if (!isArray)
    return Array.isArray(value)
      ? wrong(place, 'Expected a single value, not an array.')
      : ofOne(value, code, place)
  if (!Array.isArray(value)) return wrong(place, 'Expected an array.')
  return value.flatMap((one, index) => ofOne(one, code, `${place}[${index}]`))
}

/** Whether a value can be `_birthDate`: an object, or a list of objects and nulls. */
const isExtending = (value: unknown): boolean =>
  Array.isArray(value) ? value.every((one) => one === null || isObject(one)) : isObject(value)

/**
 * Faults of arrays, objects and primitives where another is expected. The validator accepts some of
 * these, and reports others character by character. An empty array or object is accepted, although
 * R4 forbids it.
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
        : wrong(
            `${place}.${name.slice(1)}`,
            'Expected an object with the extensions of the element.',
          )
    return name === 'contained' && Array.isArray(value)
      ? value.flatMap((one, index) => ofContained(one, `${place}.contained[${index}]`))
      : []
  })

const ofContained = (one: unknown, place: string): FhirFault[] =>
  isObject(one) && isResourceType(one['resourceType'])
    ? shapeFaults(one, one['resourceType'], place)
    : []
