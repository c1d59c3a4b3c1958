import type { Reference } from '@medplum/fhirtypes'
import { fhirError } from '../errors.ts'
import { type FhirMessage, type Resource, take, takeAll } from '../normalise/message.ts'
import { typeOf } from '../normalise/resolve.ts'
import { patientKeyOfReference } from './patient-key.ts'

/** Topic key of the patient a resource is about. @returns and throws as `patientKeyOfReference` */
export const subjectKeyOf = (
  resource: Resource,
  element: string,
  message: FhirMessage,
): string | null => {
  const at = `${resource.place}.${element}`
  const reference = take<Reference>(resource, element)
  if (reference === null) throw fhirError('MISSING_SUBJECT', at)
  return patientKeyOfReference(reference, resource, at, message)
}

/**
 * Requires that a resource is about this patient, so that nothing reaches another patient's record.
 *
 * @throws FhirError SEVERAL_PATIENTS
 */
export const requireSame = (resource: Resource, patientKey: string, message: FhirMessage): void => {
  if (resource.sent['subject'] === undefined) return
  if (subjectKeyOf(resource, 'subject', message) !== patientKey)
    throw fhirError('SEVERAL_PATIENTS', `${resource.place}.subject`)
}

/** Types that may be a person; a reference that states no type may be too. */
const people: ReadonlySet<string | null> = new Set(['Patient', 'RelatedPerson', 'Group', null])

/**
 * Rejects an observation whose focus is another person than its subject, e.g. the heart rate of a
 * fetus, recorded with the mother as subject.
 *
 * @throws FhirError UNKNOWN_MODIFIER
 * @see FHIR R4, Observation.focus
 */
export const refuseOthersFocus = (
  resource: Resource,
  patientKey: string,
  message: FhirMessage,
): void => {
  for (const [index, focus] of takeAll<Reference>(resource, 'focus').entries()) {
    const at = `${resource.place}.focus[${index}]`
    const type = typeOf(focus, resource, message)
    if (
      !people.has(type) ||
      (type === 'Patient' && patientKeyOfReference(focus, resource, at, message) === patientKey)
    )
      continue
    throw fhirError('UNKNOWN_MODIFIER', at)
  }
}
