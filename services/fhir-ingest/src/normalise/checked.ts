import { pathOf } from '@tideway/fhir/element-usage'
import type { Decimals, FhirObject } from '@tideway/fhir/parse-json'
import { type MendedElement, mend } from '@tideway/fhir/validation/mend'
import { findingsOf } from '@tideway/fhir/validation/validate'
import { fhirError, type RequestFault } from '../errors.ts'
import type { UnusedElement } from './message.ts'
import { unlistedFaults, unlistedKept } from './unlisted-codes.ts'

/** What validation found of a resource. */
export type Checked = {
  faults: RequestFault[]
  unlisted: string[]
  leftOut: UnusedElement[]
}

const findings = (json: FhirObject, at: string) => {
  const { faults, unlisted } = findingsOf(json, at)
  return { faults: [...faults, ...unlistedFaults(unlisted)], unlisted: unlistedKept(unlisted) }
}

const elementsOf = (type: string, at: string, mended: readonly MendedElement[]) =>
  mended.map((one) => ({ ...one, path: `${type}${pathOf(one.at.slice(at.length))}` }))

/**
 * Faults of a resource, the unlisted codes it is taken with, and the elements it is taken without.
 * An element that is not as R4 has it costs only itself, unless it decides what is stated.
 */
export const checked = (json: FhirObject, at: string, decimals: Decimals): Checked => {
  const found = findings(json, at)
  if (found.faults.length === 0) return { ...found, leftOut: [] }
  const mended = mend(
    json,
    at,
    decimals,
    () => findings(json, at).faults as ReturnType<typeof findingsOf>['faults'],
  )
  if (mended === null) return { ...found, leftOut: [] }
  const elements = elementsOf(String(json['resourceType']), at, mended)
  return {
    faults: [],
    unlisted: [
      ...new Set([
        ...findings(json, at).unlisted,
        ...elements.map(({ path, code }) => `${path} ${code}`),
      ]),
    ],
    leftOut: elements
      .filter(({ isLeftOut }) => isLeftOut)
      .map(({ at: place, path }) => ({ place, path })),
  }
}

/**
 * Contained resources are validated in one step, so their number is limited like that of entries.
 *
 * @throws FhirError TOO_MANY_ENTRIES
 */
export const limitContained = (
  resource: FhirObject | null | undefined,
  place: string,
  most: number,
): void => {
  const contained = resource?.['contained']
  if (Array.isArray(contained) && contained.length > most)
    throw fhirError('TOO_MANY_ENTRIES', `${place}.contained`)
}
