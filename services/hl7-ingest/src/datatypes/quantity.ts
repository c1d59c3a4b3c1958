import { decoded, firstPart, text } from '@tideway/hl7v2/lexer/fields'
import { type Quantity, unsaid } from '@tideway/schemas/events.generated'
import type { Hl7Message, Segment } from '@tideway/hl7v2/lexer/message'
import { codedInPart, readUnit } from './ce.ts'
import { ucumOf } from './unit.ts'

/** A number as sent, with its comparator separate: `<5`. */
const numberOf = (sent: string | null): Pick<Quantity, 'value' | 'comparator'> => {
  const [, comparator, value] = /^\s*(<=|>=|<|>)\s*(\S.*)$/.exec(sent ?? '') ?? []
  return comparator === undefined || value === undefined
    ? { value: sent, comparator: null }
    : { value, comparator }
}

const quantity = (sent: string | null, unit: Quantity['unit']): Quantity | null =>
  sent === null && unit === null
    ? null
    : { ...unsaid.Quantity(), ...numberOf(sent), unit, ucum: ucumOf(unit) }

/**
 * A number in one field and its unit in another, e.g. RXE-3 and RXE-5. A unit without a number is
 * not an amount and stays unused.
 */
export const readAmount = (segment: Segment, field: number, unitField: number): Quantity | null => {
  const sent = text(segment, field)
  return sent === null ? null : quantity(sent, readUnit(segment, unitField))
}

/** A quantity in the subcomponents of one component, e.g. TQ-1: number, then unit. */
export const quantityInPart = (message: Hl7Message, parts: readonly string[]): Quantity | null =>
  quantity(
    decoded(message, parts[0]),
    codedInPart(message, parts.slice(1).join(message.delimiters.subcomponent)),
  )

/** A number in one component and its unit in the next, e.g. RPT-5 and RPT-6. */
export const quantityOfParts = (
  message: Hl7Message,
  number: string | undefined,
  unit: string | undefined,
): Quantity | null => quantity(firstPart(message, number), codedInPart(message, unit))
