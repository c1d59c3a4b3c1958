import type { Identifier as FhirIdentifier, Reference } from '@medplum/fhirtypes'
import { identifierKey, type KeyScope, resourceKey } from '@tideway/record/keys/business-key'
import { type OrderedKind, preferredNumber } from '@tideway/record/keys/clinical-keys'
import type { Identifier } from '@tideway/schemas/events.generated'
import { identifierCondition, typeInReference } from '@tideway/fhir/references'
import { type FhirMessage, type Resource, take, takeAll } from '../normalise/message.ts'
import { resolve } from '../normalise/resolve.ts'
import { readIdentifier, readIdentifiers } from '../values/identifier.ts'
import { lookUp } from '../values/look-up.ts'

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
 * Its id, else the UUID of its fullUrl; null if it has neither. The id of a contained resource is
 * local to its container.
 */
const lastingId = (resource: Resource): string | null => {
  const own = resource.sent['id']
  if (resource.place.includes('.contained[')) return null
  return typeof own === 'string'
    ? own
    : (/^urn:uuid:(.+)$/.exec(resource.fullUrl ?? '')?.[1] ?? null)
}

/**
 * Id of a resource without identifier: its own, else that of its fullUrl, else its place in this
 * message.
 */
export const ownIdOf = (resource: Resource, { messageId }: FhirMessage): string => {
  const own = resource.sent['id']
  return (
    lastingId(resource) ??
    (typeof own === 'string' ? own : `${messageId}-${resource.place.replaceAll(/\D+/g, '') || '0'}`)
  )
}

/** Read once: a resource is asked for its key, its number and what it is known by. */
const identifiersRead = new WeakMap<Resource, Identifier[]>()

const identifiersOf = (resource: Resource, { source }: FhirMessage): Identifier[] => {
  const before = identifiersRead.get(resource)
  if (before !== undefined) return before
  const sent = takeAll<FhirIdentifier>(resource, 'identifier')
  const all = Array.isArray(sent) ? sent : [sent as unknown as FhirIdentifier]
  const identifiers = readIdentifiers(all, source)
  identifiersRead.set(resource, identifiers)
  return identifiers
}

const first = (identifiers: readonly Identifier[]): Identifier | null =>
  identifiers.find(({ organisation }) => organisation !== null) ?? identifiers[0] ?? null

/** The identifier that identifies a resource: the first that its sender may use, else the first. */
export const firstIdentifier = (resource: Resource, message: FhirMessage): Identifier | null =>
  first(identifiersOf(resource, message))

/** Placer, filler and accession numbers. */
export type Numbers = {
  placer: Identifier | null
  filler: Identifier | null
  accession: Identifier | null
}

const numberTypes = ['PLAC', 'FILL', 'ACSN']

/**
 * Numbers of an order or its result, by identifier type; if none has the wanted type, the first
 * untyped identifier is used.
 *
 * @param otherwise  the type assumed for an untyped identifier
 * @see HL7 table 0203, identifier type
 */
export const numbersOf = (
  resource: Resource,
  otherwise: 'PLAC' | 'FILL',
  message: FhirMessage,
): Numbers => {
  const identifiers = identifiersOf(resource, message)
  const plain = first(identifiers.filter(({ type }) => !numberTypes.includes(type ?? '')))
  const of = (wanted: string) =>
    identifiers.find(({ type }) => type === wanted) ?? (wanted === otherwise ? plain : null)
  return { placer: of('PLAC'), filler: of('FILL'), accession: of('ACSN') }
}

/** Resources that can have a number from the placer and one from the filler. */
const orderedKinds: Readonly<Record<string, OrderedKind>> = {
  ServiceRequest: 'order',
  MedicationRequest: 'order',
  DiagnosticReport: 'report',
  Appointment: 'appointment',
  Immunization: 'immunization',
}

/**
 * The number that identifies a resource; null if it has none. For a document it is the master
 * identifier, which identifies this version (TXA-12).
 */
const numberOf = (resource: Resource, message: FhirMessage): Identifier | null => {
  const kind = lookUp(orderedKinds, resource.type)
  if (kind !== null)
    return (
      preferredNumber(kind, numbersOf(resource, kind === 'order' ? 'PLAC' : 'FILL', message)) ??
      firstIdentifier(resource, message)
    )
  const master =
    resource.type === 'DocumentReference'
      ? readIdentifier(take<FhirIdentifier>(resource, 'masterIdentifier'), message.source)
      : null
  return master ?? firstIdentifier(resource, message)
}

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
 * message or a container identifies it.
 */
export const lastingKey = (
  resource: Resource,
  number: Identifier | null,
  patientKey: string,
  message: FhirMessage,
): string | null => {
  if (number !== null) return keyOfNumber(number, patientKey, message)
  const id = lastingId(resource)
  return id === null ? null : keyOfId(resource, id, patientKey, message)
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
export const businessKey = (resource: Resource, patientKey: string, message: FhirMessage): string =>
  keyBefore(resource, patientKey, message) ??
  lastingKey(resource, numberOf(resource, message), patientKey, message) ??
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
