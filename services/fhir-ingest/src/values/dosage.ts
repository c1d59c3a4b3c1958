import type { Dosage, Quantity as FhirQuantity } from '@medplum/fhirtypes'
import {
  type Coded,
  type DoseLimit,
  type Quantity,
  type Timing,
  unsaid,
} from '@tideway/schemas/events.generated'
import type { FhirMessage } from '../normalise/message.ts'
import { readCoded, textCoded, wordsOf } from './coded.ts'
import { type Amount, amountOf, amountWords, furtherAmounts } from './dose-amount.ts'
import { readQuantity } from './quantity.ts'
import { readTiming, timingWords } from './timing.ts'

export type Dose = {
  dose: Quantity | null
  doseMax: Quantity | null
  rate: Quantity | null
  route: Coded | null
  site: Coded | null
  method: Coded | null
  timings: Timing[]
  doseLimits: DoseLimit[]
  dosageText: string | null
  instructions: string[]
}

/** The most in a time, at once and in a lifetime. */
const limitsOf = (of: Dosage, message: FhirMessage): DoseLimit[] => {
  const limits: [FhirQuantity | undefined, Quantity | null][] = [
    [of.maxDosePerPeriod?.numerator, readQuantity(of.maxDosePerPeriod?.denominator, message)],
    [of.maxDosePerAdministration, { ...unsaid.Quantity(), unit: textCoded('dose') }],
    [of.maxDosePerLifetime, { ...unsaid.Quantity(), unit: textCoded('lifetime') }],
  ]
  return limits.flatMap(([sent, within]) => {
    const limit = readQuantity(sent, message)
    return limit === null ? [] : [{ limit, within }]
  })
}

/**
 * The value that all instructions share, else null: a tapering dose is more than its first step,
 * and one of two routes is not the route.
 */
const common = <Said>(all: readonly Said[]): Said | null => {
  const [first = null, ...others] = all
  return others.every((one) => JSON.stringify(one) === JSON.stringify(first)) ? first : null
}

const ways = ['route', 'site', 'method'] as const

/** In order of `sequence`; those without one keep their place at the end. */
const inSequence = (instructions: readonly Dosage[]): Dosage[] =>
  instructions.toSorted(
    (a, b) => (a.sequence ?? Number.MAX_SAFE_INTEGER) - (b.sequence ?? Number.MAX_SAFE_INTEGER),
  )

/** How an instruction joins the next; those of one number are concurrent. @see FHIR R4, Dosage */
const conjunctionOf = (one: Dosage, next: Dosage | undefined): string | null => {
  if (next?.sequence === undefined || one.sequence === undefined) return null
  return one.sequence === next.sequence ? 'A' : 'S'
}

/**
 * The dosage instructions of one medicine in order of `sequence`: dose and route if they are the
 * same in all, else in the timing of each; every timing; and in words, with the sender's own text,
 * whatever has no field.
 */
export const readDosage = (sent: readonly Dosage[], message: FhirMessage): Dose => {
  const instructions = inSequence(sent)
  const amounts = instructions.map((one) => amountOf(one, message))
  const amount = common(amounts)
  const [route, site, method] = ways.map((way) =>
    common(instructions.map((one) => readCoded(one[way]))),
  ) as [Coded | null, Coded | null, Coded | null]
  const said = { route, site, method }
  const ownDose = (index: number): Quantity | null => {
    const { dose = null, doseMax = null } = amounts[index] ?? {}
    return amount === null && doseMax === null ? dose : null
  }
  const textOf = (one: Dosage, index: number): string | null => {
    const own = amounts[index] as Amount
    const parts = [
      one.text ?? null,
      amount !== null ? null : amountWords(ownDose(index) === null ? own : { ...own, dose: null }),
      ...ways.map((way) => (said[way] === null ? (wordsOf([one[way] ?? {}])[0] ?? null) : null)),
      ...furtherAmounts(one, message),
      ...timingWords(one.timing, message),
    ].filter((part) => part !== null)
    const [first = null, ...others] = parts
    return [first, ...others.filter((part) => !first?.includes(part))].join(', ') || null
  }
  const texts = instructions.map(textOf)
  const timings = instructions.flatMap((one, index) => {
    const timing = readTiming(one, texts[index] ?? null, message)
    const quantity = ownDose(index)
    const isStep = instructions.length > 1 && (quantity !== null || texts[index] !== null)
    if (timing === null && !isStep) return []
    return [
      {
        ...(timing ?? { ...unsaid.Timing(), text: texts[index] ?? null }),
        quantity,
        conjunction: conjunctionOf(one, instructions[index + 1]),
      },
    ]
  })
  return {
    ...(amount ?? { dose: null, doseMax: null, rate: null }),
    ...said,
    timings,
    doseLimits: instructions.flatMap((one) => limitsOf(one, message)),
    dosageText: texts.filter((one) => one !== null).join('\n') || null,
    instructions: instructions.flatMap((one) => [
      ...wordsOf(one.additionalInstruction ?? []),
      ...(one.patientInstruction === undefined ? [] : [one.patientInstruction]),
    ]),
  }
}
