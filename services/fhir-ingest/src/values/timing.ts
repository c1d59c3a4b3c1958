import type { Dosage, Quantity as FhirQuantity, Timing as FhirTiming } from '@medplum/fhirtypes'
import { type Quantity, type Timing, unsaid } from '@tideway/schemas/events.generated'
import { daysOfWeek } from '@tideway/record/summary/medicines/repeat-pattern'
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
const isRange = ({ frequencyMax, periodMax }: Repeat): boolean =>
  frequencyMax !== undefined || periodMax !== undefined

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
  const ofRepeat = repeat === undefined ? { patterns: [] } : repeatOf(repeat, message)
  return {
    ...unsaid.Timing(),
    ...ofRepeat,
    text: words,
    patterns: [...readAllCoded(code === undefined ? [] : [code]), ...ofRepeat.patterns],
    asNeeded,
    asNeededFor: readCoded(of.asNeededCodeableConcept),
  }
}

const repeatOf = (repeat: Repeat, message: FhirMessage) => ({
  patterns: (repeat.dayOfWeek ?? []).map((code) => ({ ...noCode, code, system: daysOfWeek })),
  times: repeat.timeOfDay ?? [],
  frequency: isRange(repeat) ? null : text(repeat.frequency),
  period: isRange(repeat) ? null : lengthIn(repeat, 'period', repeat.periodUnit, message),
  duration: readQuantity(repeat.boundsDuration, message),
  occurrenceDuration: lengthIn(repeat, 'duration', repeat.durationUnit, message),
  event: (repeat.when ?? []).join(' ') || null,
  eventOffset: lengthIn(repeat, 'offset', 'min', message),
  startAt: repeat.boundsPeriod?.start ?? null,
  endAt: repeat.boundsPeriod?.end ?? null,
  occurrences: text(repeat.count),
})

const range = (low: number | undefined, high: number | undefined): string =>
  high === undefined ? `${low ?? 1}` : low === undefined ? `up to ${high}` : `${low} to ${high}`

const end = (quantity: FhirQuantity | undefined, message: FhirMessage): string | null =>
  quantity === undefined
    ? null
    : [amountText(quantity, message), quantity.unit ?? quantity.code]
        .filter((part) => part != null)
        .join(' ')

/** `1 to 2 times every 4 to 6 h`; null unless one of them is a range. */
const timesIn = (repeat: Repeat): string | null => {
  if (!isRange(repeat)) return null
  const { frequency, frequencyMax, period, periodMax, periodUnit } = repeat
  const times = `${range(frequency, frequencyMax)} times`
  return period === undefined && periodMax === undefined
    ? times
    : `${times} every ${range(period, periodMax)} ${periodUnit ?? ''}`.trimEnd()
}

const boundsIn = ({ boundsRange }: Repeat, message: FhirMessage): string | null => {
  if (boundsRange === undefined) return null
  const ends = [end(boundsRange.low, message) ?? 'up', end(boundsRange.high, message)]
  return `for ${ends.filter((part) => part !== null).join(' to ')}`
}

/** What a timing says that has no field of an event, in words. */
export const timingWords = (timing: FhirTiming | undefined, message: FhirMessage): string[] => {
  const { repeat = {}, event = [] } = timing ?? {}
  const { durationMax, durationUnit = '', countMax } = repeat
  return [
    timesIn(repeat),
    boundsIn(repeat, message),
    durationMax === undefined ? null : `each at most ${durationMax} ${durationUnit}`.trimEnd(),
    countMax === undefined ? null : `at most ${countMax} in all`,
    event.length === 0 ? null : `on ${event.join(', ')}`,
  ].filter((part) => part !== null)
}
