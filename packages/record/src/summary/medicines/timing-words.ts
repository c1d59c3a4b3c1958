import type { Coded, Quantity, Timing } from '@tideway/schemas/events.generated'
import { amountOf, lengthOf, wordOf } from '../amount-words.ts'
import { frequencyOf } from './frequency-words.ts'
import { dayPatternOf, eventWordsOf, repeatPatternOf } from './repeat-pattern.ts'

const present = (part: string | null): part is string => part !== null

/** A repeat pattern in the words of the standard's table; any other as sent. */
const patternOf = (pattern: Coded): string | null =>
  dayPatternOf(pattern) ??
  pattern.text ??
  repeatPatternOf(pattern.code ?? '', pattern.system)?.words ??
  wordOf(pattern)

const clock = (time: string): string => {
  const [, hour, minute] = /^(\d\d):?(\d\d)(?::?00(?:\.0+)?)?$/.exec(time) ?? []
  return hour === undefined ? time : `${hour}:${minute}`
}

/** `30 minutes before meals`. */
const eventOf = ({ event, eventOffset }: Timing): string | null =>
  [lengthOf(eventOffset), event === null ? null : eventWordsOf(event)].filter(present).join(' ') ||
  null

const dateOf = (time: string): string => time.slice(0, 16).replace('T', ' ')

/** The days of a step; the start of a single timing is that of the order, which shows it. */
const boundsOf = ({ startAt, endAt }: Timing, isStep: boolean): string[] => [
  ...(startAt !== null && isStep ? [`from ${dateOf(startAt)}`] : []),
  ...(endAt !== null ? [`until ${dateOf(endAt)}`] : []),
]

/** `on Monday and Friday`. */
const dayWords = (days: readonly (string | null)[]): string | null =>
  days.map((day, index) => (index === 0 ? day : day?.replace(/^on /, ''))).join(' and ') || null

const often = (timing: Timing): string | null => {
  const { text, patterns, times, asNeeded } = timing
  const named = patterns.map(patternOf).filter((part) => !(asNeeded && part === 'as needed'))
  const days = new Set(patterns.map(dayPatternOf))
  const structured = [
    ...named.filter((part) => !days.has(part)),
    frequencyOf(timing),
    dayWords(named.filter((part) => part !== null && days.has(part))),
    eventOf(timing),
    times.length === 0 ? null : `at ${times.map(clock).join(' and ')}`,
  ]
    .filter(present)
    .join(' ')
  const apart = timing.interval === null ? null : `${lengthOf(timing.interval)} apart`
  const words = [structured || null, apart].filter(present).join(', ')
  if (words === '') return text
  return text === null ? words : `${words}, "${text}"`
}

const neededOf = ({ asNeeded, asNeededFor }: Timing): string | null =>
  asNeeded === true || asNeededFor !== null
    ? ['as needed', wordOf(asNeededFor)].filter(present).join(' for ')
    : null

/** The amount of one step, unless it is the dose of the line or one unit of no kind. */
const stepDose = ({ quantity }: Timing, isShown: boolean): string | null => {
  const amount = amountOf(quantity)
  if (amount === null || !isShown) return null
  if (quantity?.unit != null) return `DOSE ${amount}`
  return amount === '1' ? null : `${amount} each time`
}

const timingOf = (timing: Timing, isStep: boolean, withDose: boolean): string | null => {
  const [each, long] = [lengthOf(timing.occurrenceDuration), lengthOf(timing.duration)]
  const said = [
    stepDose(timing, withDose),
    often(timing),
    neededOf(timing),
    timing.condition === null ? null : `"${timing.condition}"`,
    each === null ? null : `over ${each}`,
    long === null ? null : `for ${long}`,
    ...boundsOf(timing, isStep),
    timing.occurrences === null ? null : `${timing.occurrences} in all`,
  ].filter(present)
  return said.length === 0 ? null : said.join(', ')
}

/**
 * Timings in sequence, unless one runs in parallel with the next (A, HL7 table 0472), each with its
 * own dose where that is not the dose of all.
 */
export const timingsOf = (
  timings: readonly Timing[],
  dose: Quantity | null | undefined,
): string | null => {
  const withDose = timings.some(({ quantity }) => amountOf(quantity) !== amountOf(dose))
  const said = timings.flatMap((timing) => {
    const words = timingOf(timing, timings.length > 1, withDose)
    return words === null ? [] : [{ words, join: timing.conjunction === 'A' ? ' and ' : ', then ' }]
  })
  return said.length === 0
    ? null
    : said
        .map(({ words, join }, at) => (at === said.length - 1 ? words : `${words}${join}`))
        .join('')
}
