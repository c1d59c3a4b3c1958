import type { Practitioner } from '@tideway/schemas/events.generated'
import { componentsOf, decoded, firstPart, type Hl7Message, repetitions, type Segment, subcomponentsOf } from '../parse.ts'
import { givenNames } from './xpn.ts'

/**
 * Practitioners of a field, in order, empty ones left out.
 *
 * @see HL7 v2.5.1 chapter 2A, data type XCN
 */
export const readPractitioners = (segment: Segment, field: number): Practitioner[] =>
  repetitions(segment, field)
    .map((repetition) => practitionerOf(segment.message, componentsOf(segment.message, repetition)))
    .filter((one) => one !== null)

export const readPractitioner = (segment: Segment, field: number): Practitioner | null => readPractitioners(segment, field)[0] ?? null

const practitionerOf = (message: Hl7Message, components: readonly string[]): Practitioner | null => {
  const part = (n: number) => firstPart(message, components[n])
  return practitioner(part(0), part(8), part(1), givenNames(part(2), part(3)), part(5))
}

/**
 * Practitioners named with date and place (OBR-32 to 35): the person is in the subcomponents of the first component.
 *
 * @see HL7 v2.5.1 chapter 2A, data types NDL and CNN
 */
export const readNamedWithDate = (segment: Segment, field: number): Practitioner[] => {
  const { message } = segment
  return repetitions(segment, field)
    .map((repetition) => {
      const parts = subcomponentsOf(message, componentsOf(message, repetition)[0])
      const part = (n: number) => decoded(message, parts[n])
      return practitioner(part(0), part(8), part(1), givenNames(part(2), part(3)), part(5))
    })
    .filter((one) => one !== null)
}

const practitioner = (identifier: string | null, authority: string | null, family: string | null, given: string[], prefix: string | null): Practitioner | null =>
  identifier === null && family === null && given.length === 0 ? null : { identifier, authority, family, given, prefix }
