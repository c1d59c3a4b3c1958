import { isPlaceholderDate } from './placeholders.ts'
import { isOneSlip } from './similarity.ts'

export type BirthDate = { text: string; year: number; month: number; day: number }

/** How far two birth dates agree. */
export type DateLevel =
  | 'exact'
  /** The first of January, or of July, on both: how registers write an unknown day. */
  | 'defaultDay'
  | 'swapped'
  /** One slip: a digit, two digits exchanged, the next day, the year before or ten years off. */
  | 'near'
  /** Two of year, month and day agree. */
  | 'twoOfThree'
  /** One says only the year or the month, or the first of January, and that agrees. */
  | 'partial'
  | 'missing'
  | 'different'

/**
 * A birth date for comparing; null if there is none or it is a placeholder. A time counts as its
 * day.
 */
export const birthDateOf = (sent: string | null): BirthDate | null => {
  const parts = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(sent ?? '')
  if (parts === null) return null
  const [text, year, month, day] = parts
  if (text.length === 10 && isPlaceholderDate(text)) return null
  if (Number(year) < 1880 || Number(year) > 2200) return null
  return { text, year: Number(year), month: Number(month ?? 0), day: Number(day ?? 0) }
}

/** Two of one name this many years apart can be father and son; no slip explains it. */
const generation = 13

export const compareBirthDates = (a: BirthDate | null, b: BirthDate | null): DateLevel => {
  if (a === null || b === null) return 'missing'
  if (a.text.length < 10 || b.text.length < 10)
    return a.text.startsWith(b.text) || b.text.startsWith(a.text) ? 'partial' : 'different'
  if (a.text === b.text) return isDefaultDay(a) ? 'defaultDay' : 'exact'
  return compareOtherDays(a, b)
}

const compareOtherDays = (a: BirthDate, b: BirthDate): DateLevel => {
  if (Math.abs(a.year - b.year) >= generation) return 'different'
  if (a.year === b.year && a.month === b.day && a.day === b.month) return 'swapped'
  if (isSlip(a, b)) return isDefaultDay(a) && isDefaultDay(b) ? 'twoOfThree' : 'near'
  if (a.year === b.year && (isNewYear(a) || isNewYear(b))) return 'partial'
  const same = Number(a.year === b.year) + Number(a.month === b.month) + Number(a.day === b.day)
  return same >= 2 ? 'twoOfThree' : 'different'
}

const isDefaultDay = ({ month, day }: BirthDate): boolean =>
  day === 1 && (month === 1 || month === 7)

/** The first of January: where only the year is known, registers write it. */
const isNewYear = ({ month, day }: BirthDate): boolean => month === 1 && day === 1

const isSlip = (a: BirthDate, b: BirthDate): boolean => {
  if (isOneSlip(a.text, b.text)) return true
  const sameDay = a.month === b.month && a.day === b.day
  const years = Math.abs(a.year - b.year)
  if (sameDay) return years === 1 || years === 10
  return a.year === b.year && a.month === b.month && Math.abs(a.day - b.day) === 1
}
