import { isPlaceholderDate } from '../compare/placeholders.ts'
import { isOneSlip } from '../compare/similarity.ts'

/**
 * How far two dates of birth agree. `near`: a slip of the keyboard explains the difference;
 * `newborn`: within a year of each other; `other`: neither; `unknown`: one is missing, cannot be
 * read, or stands for an unknown one.
 */
export type BirthAgreement = 'same' | 'near' | 'newborn' | 'other' | 'unknown'

const shape = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T|$)/

const partsOf = (date: string | null): string[] | null => {
  const found = date === null || isPlaceholderDate(date.slice(0, 10)) ? null : shape.exec(date)
  return found === null ? null : found.slice(1).filter((part) => part !== undefined)
}

const dayMs = 86_400_000
const daysBetween = (a: readonly string[], b: readonly string[]): number =>
  Math.abs(Date.parse(a.join('-')) - Date.parse(b.join('-'))) / dayMs

const isYearOff = ([year, ...day]: readonly string[], [other, ...otherDay]: readonly string[]) =>
  day.join() === otherDay.join() && [1, 100].includes(Math.abs(Number(year) - Number(other)))

const isSwapped = (
  [year, month, day]: readonly string[],
  [otherYear, otherMonth, otherDay]: readonly string[],
) => year === otherYear && month === otherDay && day === otherMonth

/** @param first  ISO 8601 at the precision sent; of two precisions the lower counts */
export const birthAgreement = (first: string | null, second: string | null): BirthAgreement => {
  const [one, two] = [partsOf(first), partsOf(second)]
  if (one === null || two === null) return 'unknown'
  const precision = Math.min(one.length, two.length)
  const [a, b] = [one.slice(0, precision), two.slice(0, precision)]
  if (a.join() === b.join()) return 'same'
  const isNear =
    isOneSlip(a.join(''), b.join('')) ||
    isYearOff(a, b) ||
    (precision === 3 && (isSwapped(a, b) || daysBetween(a, b) <= 1))
  if (isNear) return 'near'
  return daysBetween(a, b) <= 366 ? 'newborn' : 'other'
}
