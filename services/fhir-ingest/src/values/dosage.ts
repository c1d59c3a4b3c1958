import type { CodeableConcept, Dosage, Timing as FhirTiming } from '@medplum/fhirtypes'
import { type Coded, type Quantity, type Timing, unsaid } from '@tideway/schemas/events.generated'
import type { FhirMessage } from '../normalise/message.ts'
import { decimalText } from '@tideway/fhir/parse-json'
import { readAllCoded, readCoded } from './coded.ts'
import { readQuantity, readRate } from './quantity.ts'

export type Dose = {
  dose: Quantity | null
  doseMax: Quantity | null
  rate: Quantity | null
  route: Coded | null
  site: Coded | null
  method: Coded | null
  timings: Timing[]
  dosageText: string | null
  instructions: string[]
}

const text = (value: string | number | undefined): string | null =>
  value === undefined ? null : String(value)

const words = (concepts: readonly CodeableConcept[]): string[] =>
  readAllCoded(concepts)
    .map((coded) => coded.text ?? coded.code ?? '')
    .filter((word) => word !== '')

/** @see FHIR R4, datatype Timing */
export const readTiming = (
  timing: FhirTiming | undefined,
  of: Dosage,
  message: FhirMessage,
): Timing | null => {
  const { repeat, code } = timing ?? {}
  const asNeeded = of.asNeededCodeableConcept === undefined ? (of.asNeededBoolean ?? null) : true
  if (timing === undefined && asNeeded === null) return null
  const period =
    repeat?.period === undefined
      ? null
      : {
          ...unsaid.Quantity(),
          value: decimalText(message.decimals, repeat, 'period', repeat.period),
          unit: { ...unsaid.Coded(), code: repeat.periodUnit ?? null },
          ucum: repeat.periodUnit ?? null,
        }
  return {
    ...unsaid.Timing(),
    text: of.text ?? null,
    patterns: readAllCoded(code === undefined ? [] : [code]),
    times: repeat?.timeOfDay ?? [],
    frequency: text(repeat?.frequency),
    period,
    duration: readQuantity(repeat?.boundsDuration, message),
    startAt: repeat?.boundsPeriod?.start ?? null,
    endAt: repeat?.boundsPeriod?.end ?? null,
    occurrences: text(repeat?.count),
    asNeeded,
    asNeededFor: readCoded(of.asNeededCodeableConcept),
  }
}

type Amount = Pick<Dose, 'dose' | 'doseMax' | 'rate'>

const amountOf = ({ doseAndRate }: Dosage, message: FhirMessage): Amount => {
  const amount = doseAndRate?.[0]
  return {
    dose: readQuantity(amount?.doseQuantity ?? amount?.doseRange?.low, message),
    doseMax: readQuantity(amount?.doseRange?.high, message),
    rate: readQuantity(amount?.rateQuantity, message) ?? readRate(amount?.rateRatio, message),
  }
}

const amountWords = ({ dose, doseMax, rate }: Amount): string | null => {
  const [low, high, over] = [dose, doseMax, rate].map((one) =>
    one === null
      ? null
      : [`${one.comparator ?? ''}${one.value ?? ''}`, one.unit?.text ?? one.unit?.code]
          .filter(Boolean)
          .join(' '),
  )
  const parts = [low !== null && high !== null ? `${low} to ${high}` : (low ?? high), over].filter(
    (one) => one != null,
  )
  return parts.length === 0 ? null : parts.join(', ')
}

/**
 * The value that all instructions share, else null: a tapering dose is more than its first step,
 * and one of two routes is not the route.
 */
const common = <Value>(all: readonly Value[]): Value | null => {
  const [first = null, ...others] = all
  return others.every((one) => JSON.stringify(one) === JSON.stringify(first)) ? first : null
}

const ways = ['route', 'site', 'method'] as const

/**
 * The dosage instructions of one medicine: dose and route if they are the same in all, every
 * timing, and every text in order; if instructions differ, each is also written out as text.
 */
export const readDosage = (instructions: readonly Dosage[], message: FhirMessage): Dose => {
  const amounts = instructions.map((one) => amountOf(one, message))
  const amount = common(amounts)
  const [route, site, method] = ways.map((way) =>
    common(instructions.map((one) => readCoded(one[way]))),
  ) as [Coded | null, Coded | null, Coded | null]
  const shared = { route, site, method }
  const wordsOf = (one: Dosage, index: number): string | null => {
    const parts = [
      amount === null ? amountWords(amounts[index] as Amount) : null,
      ...ways.map((way) => (shared[way] === null ? (words([one[way] ?? {}])[0] ?? null) : null)),
    ]
    return parts.filter((part) => part !== null).join(', ') || null
  }
  const texts = instructions
    .map((one, index) => one.text ?? wordsOf(one, index))
    .filter((one) => one !== null)
  return {
    ...(amount ?? { dose: null, doseMax: null, rate: null }),
    ...shared,
    timings: instructions
      .map((one) => readTiming(one.timing, one, message))
      .filter((one) => one !== null),
    dosageText: texts.length === 0 ? null : texts.join('\n'),
    instructions: instructions.flatMap((one) => [
      ...words(one.additionalInstruction ?? []),
      ...(one.patientInstruction === undefined ? [] : [one.patientInstruction]),
    ]),
  }
}
