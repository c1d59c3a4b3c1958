import type { Identifier as FhirIdentifier, Reference } from '@medplum/fhirtypes'
import { type Identifier, unsaid } from '@tideway/schemas/events.generated'
import { type Message, type Resource, takeAll } from './message.ts'
import { resolve } from './references.ts'
import { readIdentifier, readIdentifiers } from './values/identifier.ts'

/** Numbers are one organisation's own: where it is not the patient's it stands before them, as for HL7 v2. */
const led = ({ value, organisation }: Identifier, patientKey: string, { source }: Message): string => {
  const owner = organisation ?? source.ods
  return patientKey.startsWith(`${owner}|`) ? value : `${owner}:${value}`
}

/** Id of a resource without identifier: its own, else that of its full address, else its place in this message. */
export const ownIdOf = (resource: Resource, { messageId }: Message): string => {
  const own = resource.sent['id']
  return typeof own === 'string' ? own : (/^urn:uuid:(.+)$/.exec(resource.fullUrl ?? '')?.[1] ?? `${messageId}-${resource.place.replaceAll(/\D+/g, '') || '0'}`)
}

const identifiersOf = (resource: Resource, { source }: Message): Identifier[] => {
  const sent = takeAll<FhirIdentifier>(resource, 'identifier')
  return readIdentifiers(Array.isArray(sent) ? sent : [sent as unknown as FhirIdentifier], source)
}

const first = (identifiers: readonly Identifier[]): Identifier | null => identifiers.find(({ organisation }) => organisation !== null) ?? identifiers[0] ?? null

/** The identifier a resource is known by: the first with a value that its sender may speak for, else the first. */
export const firstIdentifier = (resource: Resource, message: Message): Identifier | null => first(identifiersOf(resource, message))

/** Numbers of who asked, of who does it, and of the accession. */
export type Numbers = { placer: Identifier | null; filler: Identifier | null; accession: Identifier | null }

const numberTypes = ['PLAC', 'FILL', 'ACSN']

/**
 * Numbers of an order or what came of it, by their types; where none is of the type wanted, the first one without such a type stands for it.
 *
 * @param otherwise  whose an identifier is that does not say it
 * @see HL7 table 0203, identifier type
 */
export const numbersOf = (resource: Resource, otherwise: 'PLAC' | 'FILL', message: Message): Numbers => {
  const identifiers = identifiersOf(resource, message)
  const plain = first(identifiers.filter(({ type }) => !numberTypes.includes(type ?? '')))
  const of = (wanted: string) => identifiers.find(({ type }) => type === wanted) ?? (wanted === otherwise ? plain : null)
  return { placer: of('PLAC'), filler: of('FILL'), accession: of('ACSN') }
}

/** Business key by the number given, else as of any resource. */
export const numberedKey = (resource: Resource, number: Identifier | null, patientKey: string, message: Message): string =>
  number === null ? businessKey(resource, patientKey, message) : led(number, patientKey, message)

/** Number of the request a reference means, of what was sent of it, else of the reference; null if nothing tells it, or it is no request. */
export const numberOfReference = (reference: Reference | undefined, type: 'PLAC' | 'FILL', from: Resource, message: Message): string | null => {
  const resource = resolve(reference ?? null, from, message)
  if (resource === null) return reference?.identifier?.value ?? null
  if (!resource.type.endsWith('Request')) return null
  const { placer, filler } = numbersOf(resource, type, message)
  return (type === 'PLAC' ? placer : filler)?.value ?? null
}

/** Business key of a resource within its patient: its identifier, else its type and id, led by the sender as every number is. */
export const businessKey = (resource: Resource, patientKey: string, message: Message): string => {
  const identifier = firstIdentifier(resource, message)
  if (identifier !== null) return led(identifier, patientKey, message)
  return led({ ...unsaid.Identifier(), value: `${resource.type}/${ownIdOf(resource, message)}`, organisation: message.source.ods }, patientKey, message)
}

/** Business key of what a reference means, as that resource itself gets it; null if nothing tells it. */
export const keyOfReference = (reference: Reference | null | undefined, from: Resource, patientKey: string, message: Message): string | null => {
  if (reference === null || reference === undefined) return null
  const resource = resolve(reference, from, message)
  if (resource !== null) return businessKey(resource, patientKey, message)
  const identifier = readIdentifier(reference.identifier, message.source)
  // The element says which type is meant.
  void reference.type
  return identifier === null ? null : led(identifier, patientKey, message)
}
