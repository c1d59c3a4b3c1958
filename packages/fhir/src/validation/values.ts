import { elementOf, isPrimitive, isResourceType, type KnownElement } from '../definitions.ts'
import { type FhirFault, r4Fault } from '../fault.ts'
import { type FhirObject, isObject } from '../parse-json.ts'
import { isListed, requiredCodesOf } from '../required-codes.ts'
import { isMalformed } from './date-time.ts'

/** A code outside the value set that R4 requires: its element, `Patient.link.type`, and place. */
export type UnlistedCode = { element: string; at: string }

/** What the validator does not check in the values of a resource. */
export type ValueFindings = { faults: FhirFault[]; unlisted: UnlistedCode[] }

/** Where a value is; written out only for what is found. */
type Place = { element: () => string; at: () => string }

const ofValue = (value: unknown, known: KnownElement, place: Place, found: ValueFindings): void => {
  const { code } = known
  const required = requiredCodesOf(known.element, code)
  if (required !== null && !isListed(value, required))
    found.unlisted.push({ element: place.element(), at: place.at() })
  if (code === 'dateTime' && typeof value === 'string' && isMalformed(value))
    found.faults.push(r4Fault('INVALID_VALUE', place.at(), 'Invalid dateTime format.'))
  if (isObject(value) && !isPrimitive(code)) ofHolder(value, code, place, found)
}

const ofHolder = (json: FhirObject, type: string, place: Place, found: ValueFindings): void => {
  for (const [name, value] of Object.entries(json)) {
    if (name === 'contained') ofContained(value, place, found)
    const isElement = name !== 'contained' && name !== 'resourceType' && !name.startsWith('_')
    const known = isElement ? elementOf(type, name) : null
    if (known === null || known.code === 'Resource') continue
    const own = {
      element: () => `${place.element()}.${name}`,
      at: () => `${place.at()}.${name}`,
    }
    if (Array.isArray(value)) ofList(value, known, own, found)
    else ofValue(value, known, own, found)
  }
}

const ofList = (
  values: readonly unknown[],
  known: KnownElement,
  { element, at }: Place,
  found: ValueFindings,
): void => {
  for (const [index, value] of values.entries())
    if (value !== null) ofValue(value, known, { element, at: () => `${at()}[${index}]` }, found)
}

const ofContained = (contained: unknown, { at }: Place, found: ValueFindings): void => {
  if (!Array.isArray(contained)) return
  for (const [index, one] of contained.entries())
    if (isObject(one) && isResourceType(one['resourceType'])) {
      const type = one['resourceType']
      ofHolder(one, type, { element: () => type, at: () => `${at()}.contained[${index}]` }, found)
    }
}

/**
 * Codes outside the value sets that R4 requires, and times that are not dateTimes.
 *
 * @param place  FHIRPath expression of the resource in the request
 */
export const valueFindings = (json: FhirObject, place: string): ValueFindings => {
  const found: ValueFindings = { faults: [], unlisted: [] }
  const type = json['resourceType']
  if (isResourceType(type)) ofHolder(json, type, { element: () => type, at: () => place }, found)
  return found
}
