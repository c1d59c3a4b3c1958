import { leaveUnread, type PartsRead } from '@tideway/hl7v2/lexer/unused-parts'
import { componentsOf, firstPart, firstRepetition } from '@tideway/hl7v2/lexer/fields'
import type { Location } from '@tideway/schemas/events.generated'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { detailOf } from '@tideway/hl7v2/datatypes/detail'

/** PL-1 to 11; 11 is the authority of the identifier. */
const read: PartsRead = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0]

/**
 * A location, from the first repetition of a field; null if no component was sent.
 *
 * | PL | here |
 * |---|---|
 * | 1 point of care, 2 room, 3 bed, 4 facility | pointOfCare, room, bed, facility |
 * | 5 status, 6 type | status, type |
 * | 7 building, 8 floor, 9 description | building, floor, description |
 * | 10 comprehensive identifier | identifier |
 *
 * @see HL7 v2.5.1 chapter 2A.53, data type PL
 */
export const readLocation = (segment: Segment, field: number): Location | null => {
  const first = firstRepetition(segment, field)
  if (first === undefined) return null
  const components = componentsOf(segment.message, first)
  const part = (n: number) => firstPart(segment.message, components[n])
  const location = {
    pointOfCare: part(0),
    room: part(1),
    bed: part(2),
    facility: part(3),
    building: part(6),
    floor: part(7),
    description: part(8),
    detail:
      components.length < 5
        ? null
        : detailOf({ type: part(5), status: part(4), identifier: part(9) }),
  }
  leaveUnread(segment, field, components, read)
  return Object.values(location).some((value) => value !== null) ? location : null
}
