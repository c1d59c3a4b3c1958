import type { Quantity, Timing } from '@tideway/schemas/events.generated'
import { lengthOf, timeUnitOf, writtenNumber } from '../amount-words.ts'
import { repeatPatternOf } from './repeat-pattern.ts'

/** Whether a pattern already says the frequency that was read from it. */
const saysOften = ({ patterns, frequency, period }: Timing): boolean =>
  patterns.some(({ code, system }) => {
    const times = repeatPatternOf(code ?? '', system)?.times ?? null
    return (
      times !== null &&
      times.frequency === frequency &&
      times.period === period?.value &&
      times.ucum === period.ucum
    )
  })

const timesWords: Readonly<Record<string, string>> = {
  '1': 'once',
  '2': 'twice',
  '3': 'three times',
}

const shortUnits: ReadonlySet<string | null> = new Set(['hour', 'minute', 'second'])

/** `every week`, `every 48 hours`. */
const everyOf = (period: Quantity): string => {
  const unit = timeUnitOf(period)
  const isOne = period.value !== null && writtenNumber(period.value) === '1' && unit !== null
  return isOne ? `every ${unit}` : `every ${lengthOf(period)}`
}

/** `once every week`, `three times a day`, `every 48 hours`. */
export const frequencyOf = (timing: Timing): string | null => {
  const { frequency, period } = timing
  if (saysOften(timing) || (frequency === null && period === null)) return null
  const times = timesWords[frequency ?? '1'] ?? `${frequency} times`
  if (period === null) return times
  if (period.value === null) return lengthOf(period)
  const every = everyOf(period)
  if (every === 'every day') return `${times} a day`
  return times === 'once' && shortUnits.has(timeUnitOf(period)) ? every : `${times} ${every}`
}
