import type {
  CodeableConcept,
  Observation as FhirObservation,
  Quantity,
  Range,
  Ratio,
} from '@medplum/fhirtypes'
import type { Coded, Numeric } from '@tideway/schemas/events.generated'
import type { FhirMessage } from '../normalise/message.ts'
import { readCoded } from './coded.ts'
import { amountText, numericOf, readUnit, ucumOf, unitWords } from './quantity.ts'
import { endsText, haveOwnUnits } from './range.ts'

export type Value = {
  valueType: string | null
  value: string | null
  coded: Coded | null
  unit: Coded | null
  ucum: string | null
  numeric: Numeric | null
}

const nothing: Value = {
  valueType: null,
  value: null,
  coded: null,
  unit: null,
  ucum: null,
  numeric: null,
}

const ofQuantity = (quantity: Quantity, message: FhirMessage): Value => ({
  ...nothing,
  valueType: quantity.comparator === undefined ? 'NM' : 'SN',
  value: amountText(quantity, message),
  unit: readUnit(quantity),
  ucum: ucumOf(quantity),
  numeric: numericOf(quantity),
})

const ofRange = ({ low, high }: Range, message: FhirMessage): Value => {
  const unit = low ?? high
  const [least, most] = [low?.value, high?.value]
  const numeric =
    least === undefined
      ? most === undefined
        ? null
        : { comparator: '<=', value: most, high: null, divisor: null }
      : {
          comparator: most === undefined ? '>=' : null,
          value: least,
          high: most ?? null,
          divisor: null,
        }
  if (haveOwnUnits(low, high))
    return { ...nothing, valueType: 'ST', value: endsText(low, high, message) }
  return {
    ...nothing,
    valueType: 'SN',
    value: endsText(low, high, message),
    unit: unit === undefined ? null : readUnit(unit),
    ucum: unit === undefined ? null : ucumOf(unit),
    numeric,
  }
}

/** A part of a ratio with its unit, a denominator of one by its unit alone: `5 mg/L`. */
const perWords = (under: Quantity, message: FhirMessage): string =>
  [under.value === 1 ? null : amountText(under, message), unitWords(under)]
    .filter((part) => part != null)
    .join(' ')

/** `1:128`; with a unit below the line in words, as the value would be another without it. */
const ofRatio = ({ numerator, denominator }: Ratio, message: FhirMessage): Value => {
  if (numerator !== undefined && unitWords(denominator)) {
    const over = [amountText(numerator, message), unitWords(numerator)].filter(Boolean).join(' ')
    return {
      ...nothing,
      valueType: 'ST',
      value: `${over}/${perWords(denominator as Quantity, message)}`,
    }
  }
  const [over, under] = [numerator, denominator].map((part) =>
    part === undefined ? null : amountText(part, message),
  )
  const numeric =
    numerator?.value === undefined || denominator?.value === undefined
      ? null
      : {
          comparator: numerator.comparator ?? null,
          value: numerator.value,
          high: null,
          divisor: denominator.value,
        }
  return {
    ...nothing,
    valueType: 'SN',
    value: `${over ?? ''}:${under ?? ''}`,
    unit: numerator === undefined ? null : readUnit(numerator),
    numeric,
  }
}

const ofConcept = (concept: CodeableConcept): Value => {
  const coded = readCoded(concept)
  return { ...nothing, valueType: 'CWE', value: coded?.text ?? coded?.code ?? null, coded }
}

/** Other value types, with their HL7 v2 data type. */
const plain = [
  ['valueString', 'ST'],
  ['valueBoolean', 'ID'],
  ['valueInteger', 'NM'],
  ['valueTime', 'TM'],
  ['valueDateTime', 'DTM'],
] as const

/** The value of an Observation or a component, of any type. @see FHIR R4, Observation.value[x] */
export const readValue = (
  of: FhirObservation | { [name: string]: unknown },
  message: FhirMessage,
): Value => {
  const sent = of as FhirObservation
  if (sent.valueQuantity !== undefined) return ofQuantity(sent.valueQuantity, message)
  if (sent.valueRange !== undefined) return ofRange(sent.valueRange, message)
  if (sent.valueRatio !== undefined) return ofRatio(sent.valueRatio, message)
  if (sent.valueCodeableConcept !== undefined) return ofConcept(sent.valueCodeableConcept)
  if (sent.valuePeriod !== undefined)
    return {
      ...nothing,
      valueType: 'DR',
      value: `${sent.valuePeriod.start ?? ''}/${sent.valuePeriod.end ?? ''}`,
    }
  for (const [name, valueType] of plain) {
    const value = sent[name]
    if (value !== undefined)
      return {
        ...nothing,
        valueType,
        value: String(value),
        numeric:
          typeof value === 'number' ? { comparator: null, value, high: null, divisor: null } : null,
      }
  }
  return nothing
}
