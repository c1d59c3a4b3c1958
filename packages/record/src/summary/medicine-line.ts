import type {
  Coded,
  MedicationComponent,
  Quantity,
  Timing,
} from '@tideway/schemas/events.generated'
import { repeatPatternOf } from './repeat-pattern.ts'

/** Fields that events about medicines share; each has only some of them. */
export type MedicineFacts = {
  medication: Coded | null
  form: Coded | null
  strength: Quantity | null
  dose: Quantity | null
  doseMax?: Quantity | null
  rate?: Quantity | null
  quantity?: Quantity | null
  route: Coded | null
  site?: Coded | null
  timings?: readonly Timing[]
  givenPer?: string | null
  components?: readonly MedicationComponent[]
  dosageText: string | null
}

const wordOf = (coded: Coded | null | undefined): string | null =>
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

const amountOf = (quantity: Quantity | null | undefined): string | null => {
  if (quantity?.value == null) return null
  return [quantity.comparator, writtenNumber(quantity.value), wordOf(quantity.unit)]
    .filter((part) => part !== null)
    .join(' ')
}

const doseOf = ({ dose, doseMax }: MedicineFacts): string | null => {
  const [least, most] = [amountOf(dose), amountOf(doseMax)]
  const said =
    least === null || most === null || least === most ? (least ?? most) : `${least} to ${most}`
  return said === null ? null : `DOSE ${said}`
}

/** A repeat pattern in the words of the standard's table; any other as sent. */
const patternOf = (pattern: Coded): string | null =>
  pattern.text ?? repeatPatternOf(pattern.code ?? '')?.words ?? wordOf(pattern)

const clock = (time: string): string =>
  /^\d{4}(\d\d)?$/.test(time) ? `${time.slice(0, 2)}:${time.slice(2, 4)}` : time

const often = ({ text, patterns, times }: Timing): string | null => {
  const at = times.length === 0 ? [] : [`at ${times.map(clock).join(' and ')}`]
  const structured = [...patterns.map(patternOf).filter((part) => part !== 'as needed'), ...at]
    .filter((part) => part !== null)
    .join(' ')
  if (structured === '') return text
  return text === null ? structured : `${structured}, "${text}"`
}

const timingOf = (timing: Timing): string | null => {
  const { asNeeded, asNeededFor, condition, duration, occurrences } = timing
  const long = amountOf(duration)
  const needed = asNeeded
    ? ['as needed', wordOf(asNeededFor)].filter((part) => part !== null).join(' for ')
    : null
  const said = [
    often(timing),
    needed,
    condition === null ? null : `"${condition}"`,
    long === null ? null : `for ${long}`,
    occurrences === null ? null : `${occurrences} in all`,
  ].filter((part) => part !== null)
  return said.length === 0 ? null : said.join(', ')
}

/** Timings in sequence, unless one runs in parallel with the next (A, HL7 table 0472). */
const timingsOf = (timings: readonly Timing[]): string | null => {
  const said = timings.flatMap((timing) => {
    const words = timingOf(timing)
    return words === null ? [] : [{ words, join: timing.conjunction === 'A' ? ' and ' : ', then ' }]
  })
  return said.length === 0
    ? null
    : said
        .map(({ words, join }, at) => (at === said.length - 1 ? words : `${words}${join}`))
        .join('')
}

const timeUnits: Readonly<Record<string, string>> = {
  S: 'second',
  M: 'minute',
  H: 'hour',
  D: 'day',
  W: 'week',
  L: 'month',
}

/** `H8`: over 8 hours. HL7 v2.5.1 chapter 4.14.1.17. */
const overOf = (givenPer: string | null | undefined): string | null => {
  if (givenPer == null) return null
  const [, letter, count] = /^([SMHDWL])([1-9]\d*)$/.exec(givenPer) ?? []
  const unit = timeUnits[letter ?? '']
  return unit === undefined ? `per ${givenPer}` : `over ${count} ${unit}${count === '1' ? '' : 's'}`
}

const squeezed = (text: string) => text.toLowerCase().replaceAll(/\s+/g, '')

/** A part, unless the product name already contains it, as many contain strength and form. */
const unlessNamed = (name: string, part: string | null): string | null => {
  const at = part === null ? -1 : squeezed(name).indexOf(squeezed(part))
  return at === -1 || (at > 0 && /[\d.,]/.test(squeezed(name)[at - 1] as string)) ? part : null
}

const mixtureOf = (components: readonly MedicationComponent[] | undefined): string | null => {
  if (components === undefined || components.length === 0) return null
  return `(${components.map(({ code, amount }) => [wordOf(code), amountOf(amount)].filter((part) => part !== null).join(' ')).join(' + ')})`
}

/**
 * A medicine in one line: name, strength and form, dose, rate, route, frequency.
 *
 * A dosage sent only as text is quoted; nothing is calculated and no name is shortened.
 *
 * @returns null if there is neither a name nor a dosage text
 * @see NHS Common User Interface, Medication Line, MEDi-014 to 051
 */
export const medicineLine = (facts: MedicineFacts): string | null => {
  const name = wordOf(facts.medication)
  if (name === null) return facts.dosageText === null ? null : `"${facts.dosageText}"`
  const product = [
    name,
    unlessNamed(name, amountOf(facts.strength)),
    unlessNamed(name, wordOf(facts.form)),
    mixtureOf(facts.components),
  ]
    .filter((part) => part !== null)
    .join(' ')
  const rate = amountOf(facts.rate)
  const structured = [
    doseOf(facts),
    overOf(facts.givenPer),
    rate === null ? null : `RATE ${rate}`,
    wordOf(facts.route),
    wordOf(facts.site),
    timingsOf(facts.timings ?? []),
  ].filter((part) => part !== null)
  const isWithoutAmount = doseOf(facts) === null && rate === null
  const words = isWithoutAmount && facts.dosageText !== null ? [`"${facts.dosageText}"`] : []
  const quantity = amountOf(facts.quantity)
  return [
    product,
    ...structured,
    ...words,
    ...(quantity === null ? [] : [`QUANTITY ${quantity}`]),
  ].join(', ')
}
