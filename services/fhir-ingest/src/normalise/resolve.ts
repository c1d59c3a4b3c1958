import type { Reference } from '@medplum/fhirtypes'
import { findReferenced, typeInReference } from '@tideway/fhir/references'
import { fhirError, type RequestError } from '../errors.ts'
import type { FhirMessage, Resource } from './message.ts'

/**
 * The referenced resource, within the submission or of an earlier one of the client; null if it is
 * neither. Display and type of the reference repeat the resource, so they count as used.
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
  const resource = findReferenced(to, from, message.byReference) ?? message.outside.find(to, from)
  if (resource !== null && message.faulty.has(resource))
    throw fhirError('FAULTY_REFERENCE', from.place)
  if (resource !== null) void [reference?.display, reference?.type]
  return resource
}

/**
 * The fault of a reference that must resolve and does not: it waits for what its client may still
 * send, unless nothing can come.
 */
export const unresolved = (
  reference: Reference,
  from: Resource,
  at: string,
  message: FhirMessage,
): RequestError =>
  message.outside.await(reference.reference ?? '', from)
    ? fhirError('UNRESOLVED_REFERENCE', at)
    : fhirError('DANGLING_REFERENCE', at)

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
