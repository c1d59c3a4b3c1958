import type { PersonName } from '@tideway/schemas/events.generated'
import { componentsOf, firstPart, type Hl7Message, repetitions, type Segment } from '../parse.ts'

/**
 * Names of a field, in order, empty ones left out.
 *
 * @see HL7 v2.5.1 chapter 2A, data type XPN; PN before 2.3
 */
export const readNames = (segment: Segment, field: number): PersonName[] =>
  repetitions(segment, field)
    .map((repetition) => nameOf(segment.message, componentsOf(segment.message, repetition)))
    .filter((name) => name !== null)

const nameOf = (message: Hl7Message, components: readonly string[]): PersonName | null => {
  const part = (n: number) => firstPart(message, components[n])
  const name = { family: part(0), given: givenNames(part(1), part(2)), prefix: part(4), suffix: part(3), use: part(6) }
  return name.family === null && name.given.length === 0 && name.prefix === null && name.suffix === null ? null : name
}

/** The first name, and the further ones, which come together in one component. */
export const givenNames = (first: string | null, further: string | null): string[] => {
  const names = further === null ? [] : further.split(/\s+/).filter((name) => name !== '')
  return first === null ? names : [first, ...names]
}
