import type { Reference } from '@medplum/fhirtypes'
import { findReferenced, typeInReference } from '@tideway/fhir/references'
import { fhirError } from '../errors.ts'
import type { FhirMessage, Resource } from './message.ts'

/**
 * The resource a reference leads to within what was sent; null if it leads out of it. The resource
 * says what the display and type of the reference say, so these count as used.
 *
 * @throws FhirError FAULTY_REFERENCE if that resource has faults of its own
 */
export const resolve = (
  reference: Reference | null,
  from: Resource,
  message: FhirMessage,
): Resource | null => {
  const to = reference?.reference
  if (to === undefined) return null
  const resource = findReferenced(to, from, message.byReference)
  if (resource !== null && message.faulty.has(resource))
    throw fhirError('FAULTY_REFERENCE', from.place)
  if (resource !== null) void [reference?.display, reference?.type]
  return resource
}

/** Resource type of what a reference means; null if nothing says it. */
export const typeOf = (
  reference: Reference | undefined,
  from: Resource,
  message: FhirMessage,
): string | null =>
  resolve(reference ?? null, from, message)?.type ??
  typeInReference(reference?.reference ?? '') ??
  reference?.type ??
  null
