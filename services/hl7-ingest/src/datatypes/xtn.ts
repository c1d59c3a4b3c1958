import { leaveUnread, type PartsRead, readNothing } from '@tideway/hl7v2/lexer/unused-parts'
import { componentsOf, firstPart, repetitions } from '@tideway/hl7v2/lexer/fields'
import type { Telecom } from '@tideway/schemas/events.generated'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { detailOf } from '@tideway/hl7v2/datatypes/detail'
import { timeOf } from '@tideway/hl7v2/datatypes/period'

/** Components read besides the number itself: XTN-2, 3, 9, 12, 13, 14 and 18. */
const beside = [1, 2, 8, 11, 12, 13, 17]

/**
 * Telephone numbers and electronic addresses of a field, in order, empty ones left out. A number
 * and an address in one repetition give two telecoms.
 *
 * | XTN | here |
 * |---|---|
 * | 1 number as text; else 5 to 8 country, area, number, extension; else 12 unformatted | value |
 * | 4 electronic address | value |
 * | 12 unformatted, if it differs from the value | unformatted |
 * | 2 use, 3 equipment, 9 any text | use, equipment, remark |
 * | 13 effective, 14 expiration, 18 preference order | validFrom, validUntil, preference |
 *
 * @see HL7 v2.5.1 chapter 2A.89, data type XTN; TN before 2.3
 */
export const readTelecoms = (segment: Segment, field: number): Telecom[] => {
  const { message } = segment
  const found: Telecom[] = []
  for (const repetition of repetitions(segment, field)) {
    const components = componentsOf(message, repetition)
    const part = (n: number) => firstPart(message, components[n])
    const number = numberIn(part)
    const address = part(3)
    const unformatted = part(11) === number.value || part(11) === address ? null : part(11)
    const detail = detailOf({
      unformatted,
      remark: part(8),
      validFrom: timeOf(message, components[12]),
      validUntil: timeOf(message, components[13]),
      preference: part(17),
    })
    const about = { use: part(1), detail }
    if (number.value !== null) found.push({ value: number.value, equipment: part(2), ...about })
    if (address !== null && address !== number.value)
      found.push({ value: address, equipment: number.value === null ? part(2) : null, ...about })
    leaveUnread(
      segment,
      field,
      components,
      partsRead(number.from, number.value !== null || address !== null),
    )
  }
  return found
}

type Part = (n: number) => string | null

/** The number, and the components it comes from. */
const numberIn = (part: Part): { value: string | null; from: readonly number[] } => {
  const whole = part(0)
  const pieces =
    part(4) === null && part(5) === null && part(6) === null
      ? ''
      : [part(4), part(5), part(6)].filter((piece) => piece !== null).join(' ')
  const assembled = pieces === '' || part(7) === null ? pieces : `${pieces} x${part(7)}`
  if (whole !== null)
    return {
      value: whole,
      from:
        assembled === '' && part(7) === null
          ? wholeAlone
          : [0, ...[4, 5, 6, 7].filter((n) => repeats(whole, part, n))],
    }
  return assembled === ''
    ? { value: part(11), from: [11] }
    : { value: assembled, from: [4, 5, 6, 7] }
}

/**
 * Whether a part of a number only repeats digits of the text. One or two digits match by chance, so
 * they count only where the text starts with them or continues with the next part, and an extension
 * only at the end.
 */
const repeats = (whole: string, part: Part, n: number): boolean => {
  const all = digitsOf(whole)
  const own = digitsOf(part(n))
  if (own === '') return false
  if (own.length > 2) return all.includes(own)
  const next = n === extension ? '' : digitsOf(part(n + 1))
  return (
    all.startsWith(own) ||
    (next === '' ? n === extension && all.endsWith(own) : all.includes(own + next))
  )
}
const extension = 7
const digitsOf = (text: string | null) => (text ?? '').replaceAll(/\D/g, '')

const partsRead = (from: readonly number[], any: boolean): PartsRead => {
  if (!any) return readNothing
  return from === wholeAlone ? readWhole : readFrom(from)
}

const readFrom = (from: readonly number[]): PartsRead => {
  const read = Array<number>(18).fill(0)
  for (const n of [...from, 3, ...beside]) read[n] = 1
  return read
}

const wholeAlone: readonly number[] = [0]
const readWhole = readFrom(wholeAlone)
