import { hd, leaveUnread, type PartsRead, readNothing } from '@tideway/hl7v2/lexer/unused-parts'
import { componentsOf, firstPart, firstRepetition } from '@tideway/hl7v2/lexer/fields'
import { type Organisation, unsaid } from '@tideway/schemas/events.generated'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { authorityOf } from '@tideway/hl7v2/datatypes/hd'

/** XON-1 to 10; 4 and 5 are the check digit, 8 and 9 assigning facility and name representation. */
const read: PartsRead = [1, 1, 1, 0, 0, hd, 1, 0, 0, 1]
const readWithBoth: PartsRead = read.with(2, 0)

/**
 * An organisation, from the first repetition of a field; null if neither name nor number was sent.
 *
 * | XON | here |
 * |---|---|
 * | 1 name, 2 its type | name, type |
 * | 10 organisation identifier, else 3 number | identifier |
 * | 6 assigning authority, 7 identifier type | authority and authorityId, identifierType |
 *
 * @see HL7 v2.5.1 chapter 2A.87, data type XON
 */
export const readOrganisation = (segment: Segment, field: number): Organisation | null => {
  const first = firstRepetition(segment, field)
  if (first === undefined) return null
  const { message } = segment
  const components = componentsOf(message, first)
  const part = (n: number) => firstPart(message, components[n])
  const name = part(0)
  const number = part(9)
  const identifier = number ?? part(2)
  const isNamed = name !== null || identifier !== null
  leaveUnread(
    segment,
    field,
    components,
    isNamed ? (number === null || number === part(2) ? read : readWithBoth) : readNothing,
  )
  if (!isNamed) return null
  return {
    ...unsaid.Organisation(),
    identifier,
    name,
    type: part(1),
    identifierType: part(6),
    ...authorityOf(message, components[5]),
  }
}
