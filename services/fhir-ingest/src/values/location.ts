import type { CodeableConcept, Identifier, Reference } from '@medplum/fhirtypes'
import { type Location, unsaid } from '@tideway/schemas/events.generated'
import { type FhirMessage, type Resource, take, takeAll } from '../normalise/message.ts'
import { resolve } from '../normalise/resolve.ts'
import { wordOf } from './coded.ts'
import { lookUp } from './look-up.ts'

/** The part of a location, by physical type. @see HL7 location-physical-type */
const parts: Readonly<Record<string, keyof Location>> = {
  bd: 'bed',
  ro: 'room',
  wa: 'pointOfCare',
  bu: 'building',
  lvl: 'floor',
  si: 'facility',
}

const partOf = (location: Resource): keyof Location => {
  const code = wordOf(take<CodeableConcept>(location, 'physicalType'))
  return (code === null ? null : lookUp(parts, code)) ?? 'pointOfCare'
}

const nameOf = (location: Resource): string | null =>
  take<string>(location, 'name') ?? takeAll<Identifier>(location, 'identifier')[0]?.value ?? null

/** A Location and those it is part of, if sent; the innermost of each type takes precedence. */
const described = (
  location: Resource,
  message: FhirMessage,
  seen: ReadonlySet<Resource>,
): Partial<Location> => {
  const outer = resolve(take<Reference>(location, 'partOf'), location, message)
  const around =
    outer?.type === 'Location' && !seen.has(outer)
      ? described(outer, message, new Set([...seen, outer]))
      : {}
  const name = nameOf(location)
  return name === null ? around : { ...around, [partOf(location)]: name }
}

/**
 * The referenced location: from the Location if it was sent, else from the reference itself. Null
 * if neither has a name.
 */
export const readLocation = (
  reference: Reference | null | undefined,
  from: Resource,
  message: FhirMessage,
): Location | null => {
  if (reference === null || reference === undefined) return null
  const found = resolve(reference, from, message)
  const parts = found?.type === 'Location' ? described(found, message, new Set([found])) : {}
  if (Object.keys(parts).length > 0) return { ...unsaid.Location(), ...parts }
  const name = reference.display ?? reference.identifier?.value ?? null
  return name === null ? null : { ...unsaid.Location(), pointOfCare: name }
}
