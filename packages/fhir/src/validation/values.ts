import { elementOf, isPrimitive, isResourceType, type KnownElement } from '../definitions.ts'
import { type FhirFault, r4Fault } from '../fault.ts'
import { type FhirObject, isObject } from '../parse-json.ts'
import { isListed, requiredCodesOf } from '../required-codes.ts'
import { isMalformed } from './date-time.ts'

/** A code outside the value set that R4 requires: its element, `Patient.link.type`, and place. */
export type UnlistedCode = { element: string; at: string }

/** What the validator does not check in the values of a resource. */
export type ValueFindings = { faults: FhirFault[]; unlisted: UnlistedCode[] }

/** A resource or an element: its type, and as R4 names it. */
type Holder = { json: FhirObject; type: string; element: string; at: string }
/** One value of an element. */
type Value = { value: unknown; known: KnownElement; element: string; at: string }

const ofValue = ({ value, known, element, at }: Value, found: ValueFindings): void => {
  const { code } = known
  const required = requiredCodesOf(known.element, code)
  if (required !== null && !isListed(value, required)) found.unlisted.push({ element, at })
  if (code === 'dateTime' && typeof value === 'string' && isMalformed(value))
    found.faults.push(r4Fault('INVALID_VALUE', at, 'Invalid dateTime format.'))
  if (!isPrimitive(code) && isObject(value))
    ofHolder({ json: value, type: code, element, at }, found)
}

/** Each value of an element, which may be a list, with its place. */
const placed = (value: unknown, at: string): (readonly [unknown, string])[] =>
  Array.isArray(value)
    ? value.flatMap((one: unknown, index) =>
        one === null ? [] : [[one, `${at}[${index}]`] as const],
      )
    : [[value, at]]

const ofHolder = ({ json, type, element, at }: Holder, found: ValueFindings): void => {
  for (const [name, value] of Object.entries(json)) {
    if (name === 'contained') ofContained(value, at, found)
    const known = name === 'contained' || name === 'resourceType' ? null : elementOf(type, name)
    if (known === null || known.code === 'Resource') continue
    for (const [one, place] of placed(value, `${at}.${name}`))
      ofValue({ value: one, known, element: `${element}.${name}`, at: place }, found)
  }
}

const ofContained = (contained: unknown, at: string, found: ValueFindings): void => {
  if (!Array.isArray(contained)) return
  for (const [index, one] of contained.entries())
    if (isObject(one) && isResourceType(one['resourceType'])) {
      const type = one['resourceType']
      ofHolder({ json: one, type, element: type, at: `${at}.contained[${index}]` }, found)
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
  if (isResourceType(type)) ofHolder({ json, type, element: type, at: place }, found)
  return found
}
