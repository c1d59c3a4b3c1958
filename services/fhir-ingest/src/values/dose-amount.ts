import type { Dosage, Quantity as FhirQuantity } from '@medplum/fhirtypes'
import type { Quantity } from '@tideway/schemas/events.generated'
import type { FhirMessage } from '../normalise/message.ts'
import { wordsOf } from './coded.ts'
import { quantityWords, readQuantity, readRate } from './quantity.ts'

export type Amount = { dose: Quantity | null; doseMax: Quantity | null; rate: Quantity | null }

/** The first dose and rate; a range with only a lower end is `>=` that. */
export const amountOf = ({ doseAndRate }: Dosage, message: FhirMessage): Amount => {
  const amount = doseAndRate?.[0]
  const { low, high } = amount?.doseRange ?? {}
  const least = readQuantity(low, message)
  return {
    dose:
      readQuantity(amount?.doseQuantity, message) ??
      (least === null || high !== undefined ? least : { ...least, comparator: '>=' }),
    doseMax: readQuantity(high, message),
    rate: readQuantity(amount?.rateQuantity, message) ?? readRate(amount?.rateRatio, message),
  }
}

/** Doses and rates that no field holds: a range of rates, and all but the first of several. */
export const furtherAmounts = ({ doseAndRate }: Dosage, message: FhirMessage): string[] =>
  (doseAndRate ?? []).flatMap((one, index) => {
    const range = one.rateRange
    const rates = range === undefined ? null : rangeWords(range.low, range.high, message)
    const first = index === 0 ? null : amountWords(amountOf({ doseAndRate: [one] }, message))
    const said = [wordsOf([one.type ?? {}])[0], first, rates === null ? null : `rate ${rates}`]
    return first === null && rates === null ? [] : [said.filter((part) => part != null).join(' ')]
  })

const rangeWords = (
  low: FhirQuantity | undefined,
  high: FhirQuantity | undefined,
  message: FhirMessage,
): string | null => rangeOf(readQuantity(low, message), readQuantity(high, message))

const rangeOf = (low: Quantity | null, high: Quantity | null): string | null => {
  const [least, most] = [low, high].map(quantityWords)
  if (least == null) return most == null ? null : `up to ${most}`
  return most == null ? least : `${least} to ${most}`
}

export const amountWords = ({ dose, doseMax, rate }: Amount): string | null =>
  [rangeOf(dose, doseMax), rate === null ? null : `rate ${quantityWords(rate)}`]
    .filter((one) => one !== null)
    .join(', ') || null
