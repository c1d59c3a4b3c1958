import { leaveUnread, type PartsRead } from '@tideway/hl7v2/lexer/unused-parts'
import { componentsOf, firstPart, firstRepetition } from '@tideway/hl7v2/lexer/fields'
import { type Quantity, unsaid } from '@tideway/schemas/events.generated'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { codedInPart } from './ce.ts'
import { joinedPowers } from './power-unit.ts'
import { ucumOf } from './unit.ts'

const read: PartsRead = [1, 6]

/**
 * An amount with its unit, from the first repetition of a field; null if there is none.
 *
 * | CQ | here |
 * |---|---|
 * | 1 quantity | value |
 * | 2 units, a code in its subcomponents | unit, ucum |
 *
 * @see HL7 v2.5.1 chapter 2A.12, data type CQ
 */
export const readQuantity = (segment: Segment, field: number): Quantity | null => {
  const first = firstRepetition(segment, field)
  if (first === undefined) return null
  const [amount = '', ...unitParts] = componentsOf(segment.message, first)
  const components = [amount, ...joinedPowers(unitParts)]
  leaveUnread(segment, field, components, read)
  const value = firstPart(segment.message, components[0])
  const unit = codedInPart(segment.message, components[1])
  return value === null && unit === null
    ? null
    : { ...unsaid.Quantity(), value, unit, ucum: ucumOf(unit) }
}
