import type { Identifier } from '@tideway/schemas/events.generated'
import type { Source } from '@tideway/schemas/source'
import { componentsOf, decoded, firstPart, type Hl7Message, repetitions, type Segment, subcomponentsOf } from '../parse.ts'
import { isNhsNumber } from './nhs-number.ts'

/**
 * Identifiers of a field, in order, those without a value left out. An NHS number is nobody's own: it has no organisation.
 *
 * @see HL7 v2.5.1 chapter 2A, data type CX
 */
export const readIdentifiers = (segment: Segment, field: number, source: Source): Identifier[] => {
  const found: Identifier[] = []
  for (const repetition of repetitions(segment, field)) {
    const identifier = identifierOf(segment.message, repetition, source)
    if (identifier !== null) found.push(identifier)
  }
  return found
}

export const readIdentifier = (segment: Segment, field: number, source: Source): Identifier | null => readIdentifiers(segment, field, source)[0] ?? null

const identifierOf = (message: Hl7Message, repetition: string, source: Source): Identifier | null => {
  const components = componentsOf(message, repetition)
  const value = firstPart(message, components[0])?.trim()
  if (value === undefined || value === '') return null
  const [namespace, universalId] = subcomponentsOf(message, components[3])
  const authority = decoded(message, namespace) ?? decoded(message, universalId)
  const identifier: Identifier = { value, authority, organisation: null, type: firstPart(message, components[4]), status: null }
  if (!isNhsNumber(identifier, source)) identifier.organisation = organisationOf(authority, source)
  return identifier
}

/**
 * ODS code an assigning authority stands for: none sent is the sender itself; null where the source may not speak for it.
 *
 * @see README, Decisions: identity
 */
export const organisationOf = (authority: string | null, { ods, hl7 }: Source): string | null => {
  if (authority === null) return ods
  if (Object.hasOwn(hl7.authorities, authority)) return hl7.authorities[authority] ?? null
  return authority === ods ? ods : (hl7.authorities['*'] ?? null)
}
