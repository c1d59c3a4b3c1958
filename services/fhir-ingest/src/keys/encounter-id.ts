import type { Reference } from '@medplum/fhirtypes'
import { keyOfReference } from './business-key.ts'
import { type FhirMessage, type Resource, take } from '../normalise/message.ts'

/** Business key of the visit of a resource; null if it has none. */
export const readEncounterId = (
  resource: Resource,
  patientKey: string,
  message: FhirMessage,
  element = 'encounter',
): string | null =>
  keyOfReference(take<Reference>(resource, element), resource, patientKey, message)
