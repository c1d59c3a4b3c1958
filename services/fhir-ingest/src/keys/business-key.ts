import type { Identifier as FhirIdentifier, Reference } from '@medplum/fhirtypes'
import { identifierKey, type KeyScope, resourceKey } from '@tideway/record/keys/business-key'
import { type OrderedKind, preferredNumber } from '@tideway/record/keys/clinical-keys'
import type { Identifier } from '@tideway/schemas/events.generated'
import { type Message, type Resource, take, takeAll } from '../normalise/message.ts'
import { resolve } from '../normalise/references.ts'
import { readIdentifier, readIdentifiers } from '../values/identifier.ts'
import { ownWord } from '../values/own-word.ts'

const scopeOf = (patientKey: string, { source }: Message): KeyScope => ({
  patientKey,
  sender: source.ods,
})

/** Business key of an identifier: the same as HL7 v2 gives the number. */
export const keyOfNumber = (identifier: Identifier, patientKey: string, message: Message): string =>
  identifierKey(identifier, scopeOf(patientKey, message))

/**
 * Its own id, else that of its full address; null if it has neither. The id of a contained one is a
 * name within what it is in.
 */
const lastingId = (resource: Resource): string | null => {
  const own = resource.sent['id']
  if (resource.place.includes('.contained[')) return null
  return typeof own === 'string'
    ? own
    : (/^urn:uuid:(.+)$/.exec(resource.fullUrl ?? '')?.[1] ?? null)
}

/**
 * Id of a resource without identifier: its own, else that of its full address, else its place in
 * this message.
 */
export const ownIdOf = (resource: Resource, { messageId }: Message): string => {
  const own = resource.sent['id']
  return (
    lastingId(resource) ??
    (typeof own === 'string' ? own : `${messageId}-${resource.place.replaceAll(/\D+/g, '') || '0'}`)
  )
}

const identifiersOf = (resource: Resource, { source }: Message): Identifier[] => {
  const sent = takeAll<FhirIdentifier>(resource, 'identifier')
  return readIdentifiers(Array.isArray(sent) ? sent : [sent as unknown as FhirIdentifier], source)
}

const first = (identifiers: readonly Identifier[]): Identifier | null =>
  identifiers.find(({ organisation }) => organisation !== null) ?? identifiers[0] ?? null

/**
 * The identifier a resource is known by: the first with a value that its sender may speak for, else
 * the first.
 */
export const firstIdentifier = (resource: Resource, message: Message): Identifier | null =>
  first(identifiersOf(resource, message))

/** Numbers of who asked, of who does it, and of the accession. */
export type Numbers = {
  placer: Identifier | null
  filler: Identifier | null
  accession: Identifier | null
}

const numberTypes = ['PLAC', 'FILL', 'ACSN']

/**
 * Numbers of an order or what came of it, by their types; where none is of the type wanted, the
 * first one without such a type stands for it.
 *
 * @param otherwise  whose an identifier is that does not say it
 * @see HL7 table 0203, identifier type
 */
export const numbersOf = (
  resource: Resource,
  otherwise: 'PLAC' | 'FILL',
  message: Message,
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
 * The number a resource is known by; null if it has none. A document's is what its source named
 * this version of it (TXA-12).
 */
const numberOf = (resource: Resource, message: Message): Identifier | null => {
  const kind = ownWord(orderedKinds, resource.type)
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
 * Number of the request a reference means, of what was sent of it, else of the reference; null if
 * nothing tells it, or it is no request.
 */
export const numberOfReference = (
  reference: Reference | undefined,
  type: 'PLAC' | 'FILL',
  from: Resource,
  message: Message,
): string | null => {
  const resource = resolve(reference ?? null, from, message)
  if (resource === null) return reference?.identifier?.value ?? null
  if (!resource.type.endsWith('Request')) return null
  const { placer, filler } = numbersOf(resource, type, message)
  return (type === 'PLAC' ? placer : filler)?.value ?? null
}

/** Number, as sent, of what a reference means; null if nothing tells it. */
export const numberOfTarget = (
  reference: Reference | undefined,
  from: Resource,
  message: Message,
): string | null => {
  const resource = resolve(reference ?? null, from, message)
  return (
    (resource === null ? reference?.identifier?.value : numberOf(resource, message)?.value) ?? null
  )
}

/**
 * Business key of a resource with this number, else by its type and id; null where only its place
 * in this message, or in another resource, would tell it from others.
 */
export const lastingKey = (
  resource: Resource,
  number: Identifier | null,
  patientKey: string,
  message: Message,
): string | null => {
  if (number !== null) return keyOfNumber(number, patientKey, message)
  const id = lastingId(resource)
  return id === null ? null : keyOfId(resource, id, patientKey, message)
}

const keyOfId = ({ type }: Resource, id: string, patientKey: string, message: Message): string =>
  resourceKey(type, id, scopeOf(patientKey, message))

/** Business key of a resource within its patient: its number, else its type and id. */
export const businessKey = (resource: Resource, patientKey: string, message: Message): string =>
  lastingKey(resource, numberOf(resource, message), patientKey, message) ??
  keyOfId(resource, ownIdOf(resource, message), patientKey, message)

/**
 * Business key of what a reference means, as that resource itself gets it; null if nothing tells
 * it.
 */
export const keyOfReference = (
  reference: Reference | null | undefined,
  from: Resource,
  patientKey: string,
  message: Message,
): string | null => {
  if (reference === null || reference === undefined) return null
  const resource = resolve(reference, from, message)
  if (resource !== null) return businessKey(resource, patientKey, message)
  const identifier = readIdentifier(reference.identifier, message.source)
  // The element says which type is meant.
  void reference.type
  return identifier === null ? null : keyOfNumber(identifier, patientKey, message)
}
