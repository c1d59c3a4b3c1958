import type { Reference } from '@medplum/fhirtypes'
import { findReferenced, typeInReference } from '@tideway/fhir/references'
import { fhirError } from '../errors.ts'
import type { FhirMessage, Resource } from './message.ts'

/**
 * The referenced resource within the submission; null if it is outside. Display and type of the
 * reference repeat the resource, so they count as used.
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

/** Resource type of a reference; null if unknown. */
export const typeOf = (
  reference: Reference | undefined,
  from: Resource,
  message: FhirMessage,
): string | null =>
  resolve(reference ?? null, from, message)?.type ??
  typeInReference(reference?.reference ?? '') ??
  reference?.type ??
  null
