import type { CodeableConcept, Reference } from '@medplum/fhirtypes'
import {
  codeName,
  identifierKey,
  type KeyScope,
  resourceKey,
} from '@tideway/record/keys/business-key'
import { preferredNumber, withService } from '@tideway/record/keys/clinical-keys'
import type { Identifier } from '@tideway/schemas/events.generated'
import { identifierCondition, typeInReference } from '@tideway/fhir/references'
import type { FhirMessage, Resource } from '../normalise/message.ts'
import { resolve } from '../normalise/resolve.ts'
import { noCode, readCoded } from '../values/coded.ts'
import { readIdentifier } from '../values/identifier.ts'
import { lastingId, ownIdOf } from './lasting-id.ts'
import { numberOf, numbersOf } from './number-of.ts'

const scopeOf = (patientKey: string, { source }: FhirMessage): KeyScope => ({
  patientKey,
  sender: source.ods,
})

/** Business key of an identifier: the same as HL7 v2 gives the number. */
export const keyOfNumber = (
  identifier: Identifier,
  patientKey: string,
  message: FhirMessage,
): string => identifierKey(identifier, scopeOf(patientKey, message))

/**
 * Number of the referenced request, from the request if it was sent, else from the reference; null
 * if there is none, or it is not a request.
 */
export const numberOfReference = (
  reference: Reference | undefined,
  type: 'PLAC' | 'FILL',
  from: Resource,
  message: FhirMessage,
): string | null => {
  const resource = resolve(reference ?? null, from, message)
  if (resource === null) return reference?.identifier?.value ?? null
  if (!resource.type.endsWith('Request')) return null
  const { placer, filler } = numbersOf(resource, type, message)
  return (type === 'PLAC' ? placer : filler)?.value ?? null
}

/** Number, as sent, of the referenced resource; null if there is none. */
export const numberOfTarget = (
  reference: Reference | undefined,
  from: Resource,
  message: FhirMessage,
): string | null => {
  const resource = resolve(reference ?? null, from, message)
  return (
    (resource === null ? reference?.identifier?.value : numberOf(resource, message)?.value) ?? null
  )
}

/**
 * Business key of a resource by its number, else by type and id; null if only its place in a
 * message or a container identifies it. See `openNumbers` for a number that several have.
 */
export const lastingKey = (
  resource: Resource,
  number: Identifier | null,
  patientKey: string,
  message: FhirMessage,
): string | null => {
  const id = lastingId(resource)
  const { numbers } = message
  if (number === null)
    return id === null
      ? null
      : numbers.keyKept(resource, patientKey, keyOfId(resource, id, patientKey, message), message)
  const plain = keyOfNumber(number, patientKey, message)
  return numbers.keyOf(
    resource,
    {
      patientKey,
      plain: withServiceOf(resource, plain, message),
      byId: () => keyOfId(resource, ownIdOf(resource, message), patientKey, message),
    },
    message,
  )
}

/**
 * A report is known by its number and service, as for an ORU: an ORU and a DiagnosticReport of one
 * laboratory number and service are one report.
 */
const withServiceOf = (resource: Resource, key: string, message: FhirMessage): string => {
  if (resource.type !== 'DiagnosticReport') return key
  const number = preferredNumber('report', numbersOf(resource, 'FILL', message))
  const service = readCoded(resource.sent['code'] as CodeableConcept | undefined) ?? noCode
  return number === null ? key : withService(key, codeName(service))
}

const keyOfId = (
  { type }: Resource,
  id: string,
  patientKey: string,
  message: FhirMessage,
): string => resourceKey(type, id, scopeOf(patientKey, message))

/**
 * Business key of a resource within its patient: the one it has if it was sent before, else by its
 * number, else by type and id.
 */
export const businessKey = (
  resource: Resource,
  patientKey: string,
  message: FhirMessage,
  number = numberOf(resource, message),
): string =>
  keyBefore(resource, patientKey, message) ??
  lastingKey(resource, number, patientKey, message) ??
  keyOfId(resource, ownIdOf(resource, message), patientKey, message)

const keyBefore = (
  resource: Resource,
  patientKey: string,
  { outside }: FhirMessage,
): string | null => {
  const known = outside.knownOf(resource)
  return known?.patientKey === patientKey ? known.key : null
}

/**
 * Business key of the referenced resource, equal to that of the resource itself; null if nothing
 * identifies it.
 */
export const keyOfReference = (
  reference: Reference | null | undefined,
  from: Resource,
  patientKey: string,
  message: FhirMessage,
): string | null => {
  if (reference === null || reference === undefined) return null
  const resource = resolve(reference, from, message)
  if (resource !== null) return businessKey(resource, patientKey, message)
  const condition = identifierCondition(
    reference.reference ?? '',
    typeInReference(reference.reference ?? '') ?? '',
  )
  const identifier = readIdentifier(condition ?? reference.identifier, message.source)
  // The element that holds the reference implies its type, so it counts as used.
  void reference.type
  return identifier === null ? null : keyOfNumber(identifier, patientKey, message)
}
