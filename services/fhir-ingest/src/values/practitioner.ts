import type { HumanName, Identifier, Reference } from '@medplum/fhirtypes'
import { type Organisation, type Practitioner, unsaid } from '@tideway/schemas/events.generated'
import { type FhirMessage, type Resource, take, takeAll } from '../normalise/message.ts'
import { resolve } from '../normalise/resolve.ts'

const identified = (identifier: Identifier | undefined) => ({
  identifier: identifier?.value ?? null,
  authority: identifier?.system ?? null,
})

/** What a reference names or says that it means, which is no practitioner. */
const isNobody = /^(Organization|Patient|Device|Location|HealthcareService|CareTeam)([/?]|$)/

const nobody: Practitioner = unsaid.Practitioner()

const named = (resource: Resource): Practitioner => {
  const [name] = takeAll<HumanName>(resource, 'name')
  return {
    ...nobody,
    ...identified(takeAll<Identifier>(resource, 'identifier')[0]),
    family: name?.family ?? name?.text ?? null,
    given: name?.given ?? [],
    prefix: name?.prefix?.join(' ') ?? null,
  }
}

/**
 * A role has a practitioner, no role: one that refers to itself, or to one that refers to it, would
 * be followed without end.
 */
const isRoleOfRole = (resource: Resource | null, from: Resource): boolean =>
  resource?.type === 'PractitionerRole' && from.type === 'PractitionerRole'

/**
 * The practitioner a reference means: what was sent of them, else what the reference itself says.
 * Null for an organisation, or nobody.
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
  if (resource !== null || isNobody.test(reference.reference ?? reference.type ?? '')) return null
  const said = { ...nobody, ...identified(reference.identifier), family: reference.display ?? null }
  return said.identifier === null && said.family === null ? null : said
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
 * The organisation a reference means, also through a PractitionerRole; null for a person, or
 * nothing.
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
  const said = {
    ...unsaid.Organisation(),
    ...identified(reference.identifier),
    name: reference.display ?? null,
  }
  return said.identifier === null && said.name === null ? null : said
}
