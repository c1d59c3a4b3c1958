import type { Dosage, Quantity as FhirQuantity, Timing as FhirTiming } from '@medplum/fhirtypes'
import { type Quantity, type Timing, unsaid } from '@tideway/schemas/events.generated'
import { daysOfWeek } from '@tideway/record/summary/repeat-pattern'
import { decimalText } from '@tideway/fhir/parse-json'
import type { FhirMessage } from '../normalise/message.ts'
import { noCode, readAllCoded, readCoded } from './coded.ts'
import { amountText, readQuantity } from './quantity.ts'

type Repeat = NonNullable<FhirTiming['repeat']>

const text = (value: string | number | undefined): string | null =>
  value === undefined ? null : String(value)

/** A number of a repeat with its unit in another field; null without the number. */
const lengthIn = (
  repeat: Repeat,
  field: 'period' | 'duration' | 'offset',
  unit: string | undefined,
  { decimals }: FhirMessage,
): Quantity | null => {
  const value = repeat[field]
  return value === undefined
    ? null
    : {
        ...unsaid.Quantity(),
        value: decimalText(decimals, repeat, field, value),
        unit: { ...noCode, code: unit ?? null },
        ucum: unit ?? null,
      }
}

/** A range of frequencies or periods is not one of them, and is put in words. */
const isRange = (repeat: Repeat | undefined): boolean =>
  repeat?.frequencyMax !== undefined || repeat?.periodMax !== undefined

/**
 * When and how often of one dosage instruction; null if it says nothing of it.
 *
 * @param words  the sender's text, and what has no field
 * @see FHIR R4, datatypes Dosage and Timing
 */
export const readTiming = (
  of: Dosage,
  words: string | null,
  message: FhirMessage,
): Timing | null => {
  const { repeat, code } = of.timing ?? {}
  const asNeeded = of.asNeededCodeableConcept === undefined ? (of.asNeededBoolean ?? null) : true
  if (of.timing === undefined && asNeeded === null) return null
  const days = (repeat?.dayOfWeek ?? []).map((day) => ({
    ...noCode,
    code: day,
    system: daysOfWeek,
  }))
  const hasNumbers = repeat !== undefined && !isRange(repeat)
  return {
    ...unsaid.Timing(),
    text: words,
    patterns: [...readAllCoded(code === undefined ? [] : [code]), ...days],
    times: repeat?.timeOfDay ?? [],
    frequency: hasNumbers ? text(repeat.frequency) : null,
    period: hasNumbers ? lengthIn(repeat, 'period', repeat.periodUnit, message) : null,
    duration: readQuantity(repeat?.boundsDuration, message),
    occurrenceDuration:
      repeat === undefined ? null : lengthIn(repeat, 'duration', repeat.durationUnit, message),
    event: (repeat?.when ?? []).join(' ') || null,
    eventOffset: repeat === undefined ? null : lengthIn(repeat, 'offset', 'min', message),
    startAt: repeat?.boundsPeriod?.start ?? null,
    endAt: repeat?.boundsPeriod?.end ?? null,
    occurrences: text(repeat?.count),
    asNeeded,
    asNeededFor: readCoded(of.asNeededCodeableConcept),
  }
}

const range = (low: number | undefined, high: number | undefined): string =>
  high === undefined ? `${low ?? 1}` : low === undefined ? `up to ${high}` : `${low} to ${high}`

const end = (quantity: FhirQuantity | undefined, message: FhirMessage): string | null =>
  quantity === undefined
    ? null
    : [amountText(quantity, message), quantity.unit ?? quantity.code]
        .filter((part) => part != null)
        .join(' ')

/** What a timing says that has no field of an event, in words. */
export const timingWords = (timing: FhirTiming | undefined, message: FhirMessage): string[] => {
  const { repeat, event } = timing ?? {}
  const said: string[] = []
  if (repeat !== undefined && isRange(repeat)) {
    const { frequency, frequencyMax, period, periodMax, periodUnit } = repeat
    const times = `${range(frequency, frequencyMax)} times`
    said.push(
      period === undefined && periodMax === undefined
        ? times
        : `${times} every ${range(period, periodMax)} ${periodUnit ?? ''}`.trimEnd(),
    )
  }
  if (repeat?.boundsRange !== undefined) {
    const { low, high } = repeat.boundsRange
    const [least, most] = [end(low, message), end(high, message)]
    said.push(`for ${[least ?? 'up', most].filter((part) => part !== null).join(' to ')}`)
  }
  if (repeat?.durationMax !== undefined)
    said.push(`each at most ${repeat.durationMax} ${repeat.durationUnit ?? ''}`.trimEnd())
  if (repeat?.countMax !== undefined) said.push(`at most ${repeat.countMax} in all`)
  if (event !== undefined && event.length > 0) said.push(`on ${event.join(', ')}`)
  return said
}
