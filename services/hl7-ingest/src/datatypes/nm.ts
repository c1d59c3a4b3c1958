import { decimalOf } from '@tideway/record/alerts/decimal'
import { componentsOf, firstPart } from '@tideway/hl7v2/lexer/fields'
import type { Numeric } from '@tideway/schemas/events.generated'
import type { Hl7Message } from '@tideway/hl7v2/lexer/message'

const compared = /^(<=?|>=?|=)?\s*([+-]?[\d.,]+)$/

const exact = (value: number): Numeric => ({ comparator: null, value, high: null, divisor: null })
const toNumber = (text: string | null): number | null =>
  text === null ? null : decimalOf(text.trim())

/**
 * A number as sent, with the leading comparator that many send although NM does not allow it: `<5`,
 * `>= 90`; and with a decimal comma, see `decimalOf`.
 *
 * @returns null for anything else: part of a text is never read as a number
 * @see HL7 v2.5.1 chapter 2A.47, data type NM
 */
export const numericOf = (text: string | null): Numeric | null => {
  const parts = text === null ? null : compared.exec(text.trim())
  const value = decimalOf(parts?.[2] ?? '')
  if (parts === null || value === null) return null
  return {
    ...exact(value),
    comparator: parts[1] === undefined || parts[1] === '=' ? null : parts[1],
  }
}

/**
 * A structured number. `<>` is not a bound and `+` is a grade: both stay text.
 *
 * | SN | here |
 * |---|---|
 * | 1 comparator, 2 number | comparator, value |
 * | 3 `-`, 4 number | high |
 * | 3 `:` or `/`, 4 number | divisor |
 *
 * @see HL7 v2.5.1 chapter 2A.69, data type SN
 */
export const structuredNumericOf = (message: Hl7Message, repetition: string): Numeric | null => {
  const components = componentsOf(message, repetition)
  const part = (n: number) => firstPart(message, components[n])
  const [sign, separator] = [part(0) ?? '=', part(2)]
  const value = toNumber(part(1))
  const second = toNumber(part(3))
  if (value === null || !/^(<=?|>=?|=)$/.test(sign)) return null
  const comparator = sign === '=' ? null : sign
  if (separator === null) return part(3) === null ? { ...exact(value), comparator } : null
  if (second === null) return null
  if (separator === '-') return { ...exact(value), comparator, high: second }
  return separator === ':' || separator === '/'
    ? { ...exact(value), comparator, divisor: second }
    : null
}

/**
 * A range of numbers, both ends sent.
 *
 * @see HL7 v2.5.1 chapter 2A.49, data type NR
 */
export const numericRangeOf = (message: Hl7Message, repetition: string): Numeric | null => {
  const components = componentsOf(message, repetition)
  const low = toNumber(firstPart(message, components[0]))
  const high = toNumber(firstPart(message, components[1]))
  return low === null || high === null ? null : { ...exact(low), high }
}
