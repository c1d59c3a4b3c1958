import type { Location } from '@tideway/schemas/events.generated'
import { componentsOf, firstPart, repetitions, type Segment } from '../parse.ts'

/**
 * A place, from the first repetition of a field; null if no part of it was sent.
 *
 * @see HL7 v2.5.1 chapter 2A, data type PL
 */
export const readLocation = (segment: Segment, field: number): Location | null => {
  const first = repetitions(segment, field)[0]
  if (first === undefined) return null
  const components = componentsOf(segment.message, first)
  const part = (n: number) => firstPart(segment.message, components[n])
  const location = { pointOfCare: part(0), room: part(1), bed: part(2), facility: part(3), building: part(6), floor: part(7), description: part(8) }
  return Object.values(location).some((value) => value !== null) ? location : null
}
