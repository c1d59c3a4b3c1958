import type { HumanName, Identifier, Reference } from '@medplum/fhirtypes'
import { type Organisation, type Practitioner, unsaid } from '@tideway/schemas/events.generated'
import { type FhirMessage, type Resource, take, takeAll } from '../normalise/message.ts'
import { resolve } from '../normalise/resolve.ts'

const identified = (identifier: Identifier | undefined) => ({
  identifier: identifier?.value ?? null,
  authority: identifier?.system ?? null,
})

/** References whose type is not a practitioner. */
const isNotPractitioner =
  /^(Organization|Patient|Device|Location|HealthcareService|CareTeam)([/?]|$)/

const empty: Practitioner = unsaid.Practitioner()

const named = (resource: Resource): Practitioner => {
  const [name] = takeAll<HumanName>(resource, 'name')
  return {
    ...empty,
    ...identified(takeAll<Identifier>(resource, 'identifier')[0]),
    family: name?.family ?? name?.text ?? null,
    given: name?.given ?? [],
    prefix: name?.prefix?.join(' ') ?? null,
  }
}

/**
 * Whether a PractitionerRole refers to another role, or to itself, which could recurse without end.
 */
const isRoleOfRole = (resource: Resource | null, from: Resource): boolean =>
  resource?.type === 'PractitionerRole' && from.type === 'PractitionerRole'

/**
 * The referenced practitioner: from the resource if it was sent, else from the reference itself.
 * Null for an organisation, or without identifier and name.
 */
export const readPractitioner = (
  reference: Reference | null | undefined,
  from: Resource,
  message: FhirMessage,
): Practitioner | null => {
  if (reference === null || reference === undefined) return null
  const resource = resolve(reference, from, message)
  if (resource?.type === 'Practitioner' || resource?.type === 'RelatedPerson')
    return named(resource)
  if (isRoleOfRole(resource, from)) return null
  if (resource?.type === 'PractitionerRole')
    return readPractitioner(take<Reference>(resource, 'practitioner'), resource, message)
  if (resource !== null || isNotPractitioner.test(reference.reference ?? reference.type ?? ''))
    return null
  const read = { ...empty, ...identified(reference.identifier), family: reference.display ?? null }
  return read.identifier === null && read.family === null ? null : read
}

export const readPractitioners = (
  references: readonly Reference[],
  from: Resource,
  message: FhirMessage,
): Practitioner[] =>
  references
    .map((reference) => readPractitioner(reference, from, message))
    .filter((one) => one !== null)

/**
 * The referenced organisation, also through a PractitionerRole; null for a person, or without
 * identifier and name.
 */
export const readOrganisation = (
  reference: Reference | null | undefined,
  from: Resource,
  message: FhirMessage,
): Organisation | null => {
  if (reference === null || reference === undefined) return null
  const resource = resolve(reference, from, message)
  if (isRoleOfRole(resource, from)) return null
  if (resource?.type === 'PractitionerRole')
    return readOrganisation(take<Reference>(resource, 'organization'), resource, message)
  if (resource?.type === 'Organization')
    return {
      ...unsaid.Organisation(),
      ...identified(takeAll<Identifier>(resource, 'identifier')[0]),
      name: take<string>(resource, 'name') ?? reference.display ?? null,
    }
  const isOne = /^Organization([/?]|$)/.test(reference.reference ?? reference.type ?? '')
  if (resource !== null || !isOne) return null
  const read = {
    ...unsaid.Organisation(),
    ...identified(reference.identifier),
    name: reference.display ?? null,
  }
  return read.identifier === null && read.name === null ? null : read
}
