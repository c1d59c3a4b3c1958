import { publicId } from '@tideway/schemas/public-id'
import type {
  Coded,
  DoseLimit,
  MedicationComponent,
  Quantity,
  Timing,
} from '@tideway/schemas/events.generated'
import { amountOf, lengthOf, timeLetters, wordOf } from '../amount-words.ts'
import { type BloodFacts, bloodWordsOf } from './blood-words.ts'
import { timingsOf } from './timing-words.ts'

/** Fields that events about medicines share; each has only some of them. */
export type MedicineFacts = BloodFacts & {
  /** Of what is prescribed: it is NOT to be given. */
  doNotPerform?: boolean | null
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
  doseLimits?: readonly DoseLimit[]
  totalDailyDose?: Quantity | null
  dosageText: string | null
  /** Of what is prescribed or dispensed. */
  instructions?: readonly string[]
  notes?: readonly string[]
  /** To the pharmacy, of what is prescribed: some write there how often. */
  pharmacyInstructions?: readonly string[]
}

/** Whether each of several steps has its dose, and that of the line is one of them. */
const isDoseOfStep = ({ dose, timings = [] }: MedicineFacts): boolean => {
  const steps = timings.map(({ quantity }) => (quantity?.unit == null ? null : amountOf(quantity)))
  return new Set(steps).size > 1 && !steps.includes(null) && steps.includes(amountOf(dose))
}

const doseOf = (facts: MedicineFacts): string | null => {
  const [least, most] = [amountOf(facts.dose), amountOf(facts.doseMax)]
  if (most === null && isDoseOfStep(facts)) return null
  if (most === null || least === most) return least === null ? null : `DOSE ${least}`
  return least === null ? `DOSE up to ${most}` : `DOSE ${least} to ${most}`
}

/** `maximum 4 g in 24 hours`; a time without a number is what it is per: `per dose`. */
const limitOf = ({ limit, within }: DoseLimit): string | null => {
  const most = amountOf(limit)
  if (most === null) return null
  const time = lengthOf(within)
  if (time === null) return `maximum ${most}`
  return `maximum ${most} ${within?.value == null ? 'per' : 'in'} ${time}`
}

/** `H8`: over 8 hours. HL7 v2.5.1 chapter 4.14.1.17. */
const overOf = (givenPer: string | null | undefined): string | null => {
  if (givenPer == null) return null
  const [, letter, count] = /^([SMHDWL])([1-9]\d*)$/.exec(givenPer) ?? []
  const unit = timeLetters[letter ?? '']
  return unit === undefined ? `per ${givenPer}` : `over ${count} ${unit}${count === '1' ? '' : 's'}`
}

const squeezed = (text: string) => text.toLowerCase().replaceAll(/\s+/g, '')

/** A part, unless the product name already contains it, as many contain strength and form. */
const unlessNamed = (name: string, part: string | null): string | null => {
  const at = part === null ? -1 : squeezed(name).indexOf(squeezed(part))
  return at === -1 || (at > 0 && /[\d.,]/.test(squeezed(name)[at - 1] as string)) ? part : null
}

const partOf = ({ code, amount, strength }: MedicationComponent): string =>
  [wordOf(code), amountOf(amount) ?? amountOf(strength)].filter((part) => part !== null).join(' ')

const mixtureOf = (components: readonly MedicationComponent[] | undefined): string | null =>
  components === undefined || components.length === 0
    ? null
    : `(${components.map(partOf).join(' + ')})`

/** Lines of the dosage text that no timing already quotes, in quotation marks. */
const quotedTextOf = ({ dosageText, timings = [] }: MedicineFacts): string[] => {
  const quoted = new Set(timings.map(({ text }) => text))
  if (dosageText === null || quoted.has(dosageText)) return []
  const lines = dosageText.split('\n').filter((line) => !quoted.has(line) && line.trim() !== '')
  return lines.length === 0 ? [] : [`"${lines.join('\n')}"`]
}

/**
 * Instructions that the dosage text does not repeat. Where no field says how often, notes and words
 * to the pharmacy may (`Once weekly`), whatever else is said in words (`Rotate site`): they are
 * quoted too.
 */
const quotedWordsOf = (facts: MedicineFacts, howOften: string | null): string[] => {
  const { dosageText, instructions, notes = [], pharmacyInstructions = [] } = facts
  if (instructions === undefined) return []
  const said =
    howOften === null ? [...instructions, ...pharmacyInstructions, ...notes] : instructions
  const [text, timing] = [squeezed(dosageText ?? ''), squeezed(howOften ?? '')]
  return [...new Set(said)]
    .filter((one) => !text.includes(squeezed(one)) && !timing.includes(squeezed(one)))
    .map((one) => `"${one}"`)
}

/** Intents that are not a prescription. @see FHIR R4, MedicationRequest.intent, a modifier */
const proposals: ReadonlySet<unknown> = new Set(['proposal', 'option'])
export const isProposed = (intent: unknown): boolean => proposals.has(intent)

/**
 * A medicine in one line: name, strength and form, dose, rate, route, frequency, limits.
 *
 * The sender's own dosage text and instructions are always quoted, beside what was sent in fields:
 * they may say what no field does (`ONCE A WEEK`). Nothing is calculated and no name is shortened.
 *
 * @returns null if there is neither a name, nor parts of a mixture, nor a dosage text
 * @see NHS Common User Interface, Medication Line, MEDi-014 to 051
 */
export const medicineLine = (facts: MedicineFacts): string | null => {
  const line = productLine(facts)
  return line !== null && facts.doNotPerform === true ? `DO NOT GIVE: ${line}` : line
}

/** Name, strength, form and parts of a mixture; null if there is neither a name nor parts. */
export const productOf = (facts: MedicineFacts): string | null => {
  const name = wordOf(facts.medication)
  const mixture = mixtureOf(facts.components)
  if (name === null && mixture === null) return null
  return [
    name,
    unlessNamed(name ?? '', amountOf(facts.strength)),
    unlessNamed(name ?? '', wordOf(facts.form)),
    mixture,
  ]
    .filter((part) => part !== null)
    .join(' ')
}

const productLine = (facts: MedicineFacts): string | null => {
  const product = productOf(facts)
  if (product === null) return facts.dosageText === null ? null : `"${facts.dosageText}"`
  const [rate, daily] = [amountOf(facts.rate), amountOf(facts.totalDailyDose)]
  const howOften = timingsOf(facts.timings ?? [], facts.dose)
  const structured = [
    ...bloodWordsOf(facts),
    doseOf(facts),
    overOf(facts.givenPer),
    rate === null ? null : `RATE ${rate}`,
    wordOf(facts.route),
    wordOf(facts.site),
    howOften,
    daily === null ? null : `total daily dose ${daily}`,
    ...(facts.doseLimits ?? []).map(limitOf),
  ].filter((part) => part !== null)
  const quantity = amountOf(facts.quantity)
  return [
    product,
    ...structured,
    ...quotedTextOf(facts),
    ...quotedWordsOf(facts, howOften),
    ...(quantity === null ? [] : [`QUANTITY ${quantity}`]),
  ].join(', ')
}

/** The product of a line that has no comma in its product. */
const productIn = (line: string): string => line.split(', ', 1)[0] as string

/** Of a longer product a line keeps a digest, so that a head of many stays small; characters. */
const longestProduct = 40

/** What a stored line keeps of its product, to compare: what `productIn` would not find. */
export const productKept = (facts: MedicineFacts): { product?: string } => {
  const product = productOf(facts)
  if (product === null || productIn(product) === product) return {}
  return { product: product.length <= longestProduct ? product : publicId(squeezed(product)) }
}

export const isSameProduct = (a: string, b: string): boolean => squeezed(a) === squeezed(b)

/** The product of a stored line, to compare: without regard to case and spaces. */
export const productOfLine = ({ text, product }: { text: string; product?: string }): string =>
  squeezed(product ?? productIn(text))
