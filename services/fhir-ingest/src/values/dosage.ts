import type { CodeableConcept, Dosage, Timing as FhirTiming } from '@medplum/fhirtypes'
import { type Coded, type Quantity, type Timing, unsaid } from '@tideway/schemas/events.generated'
import type { Message } from '../message.ts'
import { decimalText } from '../parse-json.ts'
import { readAllCoded, readCoded } from './coded.ts'
import { readQuantity } from './quantity.ts'

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

const text = (value: string | number | undefined): string | null => (value === undefined ? null : String(value))

const words = (concepts: readonly CodeableConcept[]): string[] => readAllCoded(concepts).map((coded) => coded.text ?? coded.code ?? '').filter((word) => word !== '')

/** @see FHIR R4, datatype Timing */
export const readTiming = (timing: FhirTiming | undefined, of: Dosage, message: Message): Timing | null => {
  const { repeat, code } = timing ?? {}
  const asNeeded = of.asNeededCodeableConcept === undefined ? (of.asNeededBoolean ?? null) : true
  if (timing === undefined && asNeeded === null) return null
  const period = repeat?.period === undefined ? null : { ...unsaid.Quantity(), value: decimalText(message.decimals, repeat, 'period', repeat.period), unit: { ...unsaid.Coded(), code: repeat.periodUnit ?? null }, ucum: repeat.periodUnit ?? null }
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

/** What all instructions of one medicine say: the first one's dose and route, every timing, every text in its order. */
export const readDosage = (instructions: readonly Dosage[], message: Message): Dose => {
  const [first] = instructions
  const amount = first?.doseAndRate?.[0]
  const texts = instructions.map((one) => one.text).filter((one) => one !== undefined)
  return {
    dose: readQuantity(amount?.doseQuantity ?? amount?.doseRange?.low, message),
    doseMax: readQuantity(amount?.doseRange?.high, message),
    rate: readQuantity(amount?.rateQuantity ?? amount?.rateRatio?.numerator, message),
    route: readCoded(first?.route),
    site: readCoded(first?.site),
    method: readCoded(first?.method),
    timings: instructions.map((one) => readTiming(one.timing, one, message)).filter((one) => one !== null),
    dosageText: texts.length === 0 ? null : texts.join('\n'),
    instructions: instructions.flatMap((one) => [...words(one.additionalInstruction ?? []), ...(one.patientInstruction === undefined ? [] : [one.patientInstruction])]),
  }
}
