import type { Coded, Quantity } from '@tideway/schemas/events.generated'

export const wordOf = (coded: Coded | null | undefined): string | null =>
  coded?.text ?? coded?.alternateText ?? coded?.code ?? coded?.alternateCode ?? null

const plainNumber = /^(-?)(\d+)(\.\d+)?$/

/**
 * A number in the style for medicines: no trailing zeros, a zero before the decimal point, commas
 * from 1,000. Anything that is not a plain number stays as sent.
 */
export const writtenNumber = (value: string): string => {
  const parts = plainNumber.exec(value.startsWith('.') ? `0${value}` : value)
  if (parts === null) return value
  const [, sign = '', whole = '', fraction = ''] = parts
  const digits = whole.replace(/^0+(?=\d)/, '').replace(/\B(?=(\d{3})+$)/g, ',')
  return `${sign}${digits}${fraction.replace(/\.?0+$/, '')}`
}

/** An amount with its unit; a unit in words without a number stands alone (`INDEF`). */
export const amountOf = (quantity: Quantity | null | undefined): string | null => {
  if (quantity?.value == null) return quantity?.unit?.text ?? quantity?.unit?.alternateText ?? null
  return [quantity.comparator, writtenNumber(quantity.value), wordOf(quantity.unit)]
    .filter((part) => part !== null)
    .join(' ')
}

/** Units of time as HL7 (letters of TQ-3), FHIR and UCUM write them. */
const timeUnits: Readonly<Record<string, string>> = {
  s: 'second',
  min: 'minute',
  h: 'hour',
  hr: 'hour',
  d: 'day',
  wk: 'week',
  mo: 'month',
  a: 'year',
}

/** Letters that count a time in HL7 v2: `H8` is 8 hours. HL7 v2.5.1 chapter 4.14.1.17. */
export const timeLetters: Readonly<Record<string, string>> = {
  S: 'second',
  M: 'minute',
  H: 'hour',
  D: 'day',
  W: 'week',
  L: 'month',
}

/** The singular of a unit of time, or null if it is none. */
export const timeUnitOf = ({ unit, ucum }: Quantity): string | null => {
  const sent = (ucum ?? wordOf(unit) ?? '').trim()
  const word = sent.toLowerCase().replace(/s$/, '')
  return (
    timeUnits[sent] ?? (Object.values(timeUnits).includes(word) ? word : (timeUnits[word] ?? null))
  )
}

/** A length of time in words: `5 days`. */
export const lengthOf = (quantity: Quantity | null | undefined): string | null => {
  if (quantity == null) return null
  const unit = timeUnitOf(quantity)
  if (quantity.value === null || unit === null) return amountOf(quantity)
  const value = writtenNumber(quantity.value)
  return [quantity.comparator, value, value === '1' ? unit : `${unit}s`]
    .filter((part) => part !== null)
    .join(' ')
}
