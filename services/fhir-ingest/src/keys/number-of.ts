import type { Identifier as FhirIdentifier } from '@medplum/fhirtypes'
import { type OrderedKind, preferredNumber } from '@tideway/record/keys/clinical-keys'
import type { Identifier } from '@tideway/schemas/events.generated'
import { type FhirMessage, type Resource, take, takeAll } from '../normalise/message.ts'
import { readIdentifier, readIdentifiers } from '../values/identifier.ts'
import { lookUp } from '../values/look-up.ts'

type Sender = Pick<FhirMessage, 'source'>

/** Read once: a resource is asked for its key, its number and what it is known by. */
const identifiersRead = new WeakMap<Resource, Identifier[]>()

const identifiersOf = (resource: Resource, { source }: Sender): Identifier[] => {
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
export const firstIdentifier = (resource: Resource, message: Sender): Identifier | null =>
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
  message: Sender,
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
export const numberOf = (resource: Resource, message: Sender): Identifier | null => {
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
