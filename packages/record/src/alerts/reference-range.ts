import type { Numeric, Observation } from '@tideway/schemas/events.generated'
import { decimalOf } from './decimal.ts'
import { dilutionRange, titreOf } from './titre.ts'

type Limit = { value: number; isIncluded: boolean }
type Limits = { low: Limit | null; high: Limit | null }

const number = String.raw`[-+]?(?:\d+(?:[.,]\d+)?|\.\d+)`
const between = new RegExp(String.raw`^(${number})\s*(?:-|to|\.\.)\s*(${number})$`, 'i')
const below = 'less than|below|under'
const above = 'greater than|more than|above|over'
const oneSided = new RegExp(
  String.raw`^(<=|>=|=<|=>|<|>|≤|≥|up to|${below}|${above})\s*(${number})$`,
  'i',
)
const isLow = new RegExp(`^(?:[>≥]|=>|${above})`, 'i')
const isExclusive = new RegExp(`^(?:[<>]|${below}|${above})$`, 'i')
const lowOnly = new RegExp(String.raw`^(${number})\s*-$`)
const eitherSide = /^(?:±|\+\/?-)\s*(?=[\d.])/
const bracketed = new RegExp(String.raw`\((${number})\)`, 'g')

const limit = (end: string, isIncluded: boolean): Limit | null => {
  const value = decimalOf(end)
  return value === null ? null : { value, isIncluded }
}

/** The range without its brackets, and without the unit if it is that of the value. */
const bareRange = (range: string, units: readonly (string | null)[]): string => {
  const bare = range
    .trim()
    .replace(/^[([](.*)[)\]]$/, '$1')
    .trim()
  const unit = units.find((one) => one !== null && one !== '' && bare.endsWith(one))
  return unit == null ? bare : bare.slice(0, -unit.length).trim()
}

/** With hyphens for other dashes and minus signs, and without a bracket around one end. */
const plain = (range: string): string =>
  range.replaceAll(/[−‐‑—–]/g, '-').replaceAll(bracketed, '$1')

/** Null if it is no range, or if an end cannot be read with certainty. */
const limitsIn = (range: string): Limits | null => {
  const [around] = eitherSide.exec(range) ?? []
  if (around !== undefined) {
    const end = range.slice(around.length)
    return limitsIn(`-${end} - ${end}`)
  }
  const [, least, most = ''] = between.exec(range) ?? []
  if (least !== undefined) {
    const [low, high] = [limit(least, true), limit(most, true)]
    return low === null || high === null || low.value > high.value ? null : { low, high }
  }
  const [, sign = '', end] = oneSided.exec(range) ?? []
  const [, only] = end === undefined ? (lowOnly.exec(range) ?? []) : []
  const one = limit(end ?? only ?? '', !isExclusive.test(sign))
  if (one === null) return null
  return only !== undefined || isLow.test(sign)
    ? { low: one, high: null }
    : { low: null, high: one }
}

/** The normal range among several, which are divided by semicolons and named unless normal. */
const normalRange = (range: string): string | null => {
  const unnamed = range.split(';').filter((one) => !one.includes(':'))
  return unnamed.length === 1 ? (unnamed[0] as string) : null
}

const isBelow = (value: number, { comparator }: Numeric, { value: end, isIncluded }: Limit) => {
  if (comparator === '>' || comparator === '>=') return false
  return value < end || (value === end && (comparator === '<' || !isIncluded))
}

const isAbove = (value: number, { comparator }: Numeric, { value: end, isIncluded }: Limit) => {
  if (comparator === '<' || comparator === '<=') return false
  return value > end || (value === end && (comparator === '>' || !isIncluded))
}

/** `value`: as sent; a titre is a titre only in its text. */
export type RangedValue = Pick<Observation, 'numeric' | 'range' | 'unit'> &
  Partial<Pick<Observation, 'value'>>

/**
 * Whether a value is below (`L`) or above (`H`) the range sent with it; null if it is within, or if
 * either cannot be read with certainty. A titre is compared with a range of titres only.
 */
export const outOfRange = ({
  numeric: sent,
  range: sentRange,
  unit,
  value: text,
}: RangedValue): 'L' | 'H' | null => {
  const titre = titreOf(text ?? null)
  const numeric = titre ?? sent
  const range = titre === null || sentRange == null ? sentRange : dilutionRange(sentRange)
  if (numeric == null || range == null || numeric.high !== null || numeric.divisor !== null)
    return null
  const normal = normalRange(range)
  const limits =
    normal === null
      ? null
      : limitsIn(bareRange(plain(normal), [unit?.code ?? null, unit?.text ?? null]))
  if (limits === null) return null
  const value = Number(numeric.value)
  if (limits.low !== null && isBelow(value, numeric, limits.low)) return 'L'
  return limits.high !== null && isAbove(value, numeric, limits.high) ? 'H' : null
}
