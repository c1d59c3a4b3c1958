import type { Quantity as FhirQuantity, Ratio } from '@medplum/fhirtypes'
import type { Coded, Numeric, Quantity } from '@tideway/schemas/events.generated'
import type { FhirMessage } from '../normalise/message.ts'
import { decimalText } from '@tideway/fhir/parse-json'
import { noCode } from './coded.ts'

const ucumSystem = 'http://unitsofmeasure.org'

export const readUnit = ({ unit, code, system }: FhirQuantity): Coded | null =>
  unit === undefined && code === undefined
    ? null
    : { ...noCode, code: code ?? unit ?? null, text: unit ?? null, system: system ?? null }

/** The unit as a reader sees it: in words, else its code. */
export const unitWords = (quantity: FhirQuantity | undefined): string | undefined => {
  const unit = quantity === undefined ? null : readUnit(quantity)
  return unit?.text ?? unit?.code ?? undefined
}

/** The UCUM code of the unit, if the sender states the system. */
export const ucumOf = ({ system, code }: FhirQuantity): string | null =>
  system === ucumSystem ? (code ?? null) : null

/** The number as written, preceded by its comparator. */
export const amountText = (quantity: FhirQuantity, { decimals }: FhirMessage): string | null =>
  quantity.value === undefined
    ? null
    : `${quantity.comparator ?? ''}${decimalText(decimals, quantity, 'value', quantity.value)}`

export const readQuantity = (
  quantity: FhirQuantity | null | undefined,
  { decimals }: FhirMessage,
): Quantity | null => {
  if (quantity === null || quantity === undefined) return null
  const value =
    quantity.value === undefined ? null : decimalText(decimals, quantity, 'value', quantity.value)
  return {
    value,
    comparator: quantity.comparator ?? null,
    unit: readUnit(quantity),
    ucum: ucumOf(quantity),
  }
}

/** An amount with its unit in words; null if neither was sent. */
export const quantityWords = (quantity: Quantity | null): string | null =>
  quantity === null
    ? null
    : [
        `${quantity.comparator ?? ''}${quantity.value ?? ''}`,
        quantity.unit?.text ?? quantity.unit?.code,
      ]
        .filter(Boolean)
        .join(' ') || null

/** `8 h`; `h` for a denominator of one. */
const perText = (denominator: FhirQuantity, message: FhirMessage): string =>
  [
    denominator.value === 1 ? undefined : (amountText(denominator, message) ?? undefined),
    denominator.unit ?? denominator.code,
  ]
    .filter((part) => part !== undefined)
    .join(' ')

/**
 * A rate as an amount with its time in the unit: 1000 ml/8 h. Without the time, 1000 ml would be
 * misleading.
 */
export const readRate = (ratio: Ratio | undefined, message: FhirMessage): Quantity | null => {
  const amount = readQuantity(ratio?.numerator, message)
  if (amount === null || ratio?.denominator === undefined) return amount
  const unit = `${amount.unit?.text ?? amount.unit?.code ?? ''}/${perText(ratio.denominator, message)}`
  return { ...amount, unit: { ...noCode, code: unit, text: unit }, ucum: null }
}

export const numericOf = ({ value, comparator }: FhirQuantity): Numeric | null =>
  value === undefined ? null : { comparator: comparator ?? null, value, high: null, divisor: null }
