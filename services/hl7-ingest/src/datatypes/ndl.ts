import { componentsOf, firstPart, repetitions } from '@tideway/hl7v2/lexer/fields'
import { type Location, type Performer, unsaid } from '@tideway/schemas/events.generated'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { detailOf } from '@tideway/hl7v2/datatypes/detail'
import { timeOf } from '@tideway/hl7v2/datatypes/period'
import { isNamedWithDate, namedOf } from './xcn.ts'

/**
 * When and where each practitioner of a field acted; those with neither are left out.
 *
 * | NDL | here |
 * |---|---|
 * | 1 who | practitioner |
 * | 2 start, 3 end | from, until |
 * | 4 point of care, 5 room, 6 bed, 7 facility | location |
 * | 8 status, 9 type, 10 building, 11 floor | location |
 *
 * @param role  role of the practitioners in the field
 * @see HL7 v2.5.1 chapter 2A.46, data type NDL
 */
export const readNamedTimes = (segment: Segment, field: number, role: string): Performer[] => {
  const found: Performer[] = []
  for (const repetition of repetitions(segment, field)) {
    const components = componentsOf(segment.message, repetition)
    if (components.length < 2 || !isNamedWithDate(segment, components)) continue
    const from = timeOf(segment.message, components[1])
    const until = timeOf(segment.message, components[2])
    const location = locationOf(segment, components)
    if (from === null && until === null && location === null) continue
    found.push({
      ...unsaid.Performer(),
      practitioner: namedOf(segment, components[0]),
      role: { ...unsaid.Coded(), text: role },
      from,
      until,
      location,
    })
  }
  return found
}

const locationOf = ({ message }: Segment, components: readonly string[]): Location | null => {
  const part = (n: number) => firstPart(message, components[n])
  const location = {
    ...unsaid.Location(),
    pointOfCare: part(3),
    room: part(4),
    bed: part(5),
    facility: part(6),
    building: part(9),
    floor: part(10),
    detail: detailOf({ ...unsaid.LocationDetail(), status: part(7), type: part(8) }),
  }
  return Object.values(location).some((value) => value !== null) ? location : null
}
