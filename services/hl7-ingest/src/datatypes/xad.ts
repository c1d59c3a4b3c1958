import {
  leavePart,
  leaveUnread,
  type PartsRead,
  readNothing,
} from '@tideway/hl7v2/lexer/unused-parts'
import {
  componentsOf,
  decoded,
  firstPart,
  repetitions,
  subcomponentsOf,
} from '@tideway/hl7v2/lexer/fields'
import type { Address } from '@tideway/schemas/events.generated'
import type { Hl7Message, Segment } from '@tideway/hl7v2/lexer/message'
import { detailOf } from '@tideway/hl7v2/datatypes/detail'
import { periodOf, readWithPeriod } from '@tideway/hl7v2/datatypes/period'

/** XAD-1 to 14, and 19; 11 is the representation code. */
const read: PartsRead = [3, 1, 1, 1, 1, 1, 1, 1, 2, 1, 0, 2, 1, 1, 0, 0, 0, 0, 1]

/**
 * Addresses of a field, in order, empty ones left out. UK senders put the lines of a postal address
 * in 1 to 4.
 *
 * | XAD | here |
 * |---|---|
 * | 1.1 street or mailing address, 2 other designation | lines |
 * | 1.2 street name, 1.3 dwelling number, if not part of 1.1 | streetName, dwellingNumber |
 * | 3 city, 4 state or province, 5 postal code, 6 country | city, district, postcode, country |
 * | 7 address type | use |
 * | 8 other geographic designation, 10 census tract, 19 addressee | other, censusTract, addressee |
 * | 9.1 county or parish, 9.2 its name | county, countyName |
 * | 12 validity range; 13 effective, 14 expiration | validFrom, validUntil |
 *
 * @see HL7 v2.5.1 chapter 2A.82, data type XAD; AD before 2.3
 */
export const readAddresses = (segment: Segment, field: number): Address[] => {
  const found: Address[] = []
  for (const repetition of repetitions(segment, field)) {
    const components = componentsOf(segment.message, repetition)
    const address = addressOf(segment, components)
    leaveUnread(
      segment,
      field,
      components,
      address === null ? readNothing : readWithPeriod(read, components, 12, 13, 11),
    )
    if (address !== null) found.push(address)
  }
  return found
}

/** The first address of a field where one has a place; others are listed as unused. */
export const readAddress = (segment: Segment, field: number): Address | null => {
  const [first = null, ...others] = readAddresses(segment, field)
  if (others.length > 0) leavePart(segment, `${field}~`)
  return first
}

/**
 * SAD-2 and SAD-3, street and number, usually only repeat parts of SAD-1. HL7 v2.5.1 chapter 2A.67.
 */
const streetPartsOf = (message: Hl7Message, component: string | undefined) => {
  const [whole, name, number] = subcomponentsOf(message, component).map((part) =>
    decoded(message, part),
  )
  const unlessRepeated = (part: string | null | undefined) =>
    !part || whole?.includes(part) ? null : part
  return { streetName: unlessRepeated(name), dwellingNumber: unlessRepeated(number) }
}

const addressOf = ({ message }: Segment, components: readonly string[]): Address | null => {
  const part = (n: number) => firstPart(message, components[n])
  const lines = [part(0), part(1)].filter((line) => line !== null)
  const place = { city: part(2), district: part(3), postcode: part(4), country: part(5) }
  const countyName = decoded(message, subcomponentsOf(message, components[8])[1])
  const beyond = {
    ...streetPartsOf(message, components[0]),
    other: part(7),
    county: part(8),
    countyName,
    censusTract: part(9),
    addressee: part(18),
  }
  if (lines.length === 0 && detailOf(place) === null && detailOf(beyond) === null) return null
  return {
    lines,
    ...place,
    use: part(6),
    detail: detailOf({ ...beyond, ...periodOf(message, components, 12, 13, 11) }),
  }
}
