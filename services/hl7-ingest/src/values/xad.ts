import type { Address } from '@tideway/schemas/events.generated'
import { componentsOf, firstPart, repetitions, type Segment } from '../parse.ts'

/**
 * Addresses of a field, in order, empty ones left out.
 *
 * @see HL7 v2.5.1 chapter 2A, data type XAD; AD before 2.3
 */
export const readAddresses = (segment: Segment, field: number): Address[] => {
  const { message } = segment
  const found: Address[] = []
  for (const repetition of repetitions(segment, field)) {
    const components = componentsOf(message, repetition)
    const part = (n: number) => firstPart(message, components[n])
    const lines = [part(0), part(1)].filter((line) => line !== null)
    const address = { lines, city: part(2), district: part(3), postcode: part(4), country: part(5), use: part(6) }
    if (lines.length > 0 || address.city || address.district || address.postcode || address.country) found.push(address)
  }
  return found
}
