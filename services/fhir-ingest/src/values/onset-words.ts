import type { Age, Range } from '@medplum/fhirtypes'
import { type FhirMessage, type Resource, take } from '../normalise/message.ts'
import { amountText, unitWords } from './quantity.ts'
import { endsText, haveOwnUnits } from './range.ts'

const withUnit = (amount: string | null, unit: string | undefined): string | null =>
  amount === null ? null : ['age', amount, unit].filter((part) => part !== undefined).join(' ')

/**
 * The onset or abatement in words, where it is no time: text as sent, or the age, `age 5 years`.
 * Null if none of these was sent.
 *
 * @see FHIR R4, Condition.onset[x] and AllergyIntolerance.onset[x]
 */
export const onsetWords = (
  resource: Resource,
  message: FhirMessage,
  element: 'onset' | 'abatement' = 'onset',
): string | null => {
  const text = take<string>(resource, `${element}String`)
  const age = take<Age>(resource, `${element}Age`)
  const range = take<Range>(resource, `${element}Range`)
  if (text !== null) return text
  if (age !== null) return withUnit(amountText(age, message), unitWords(age))
  if (range === null) return null
  const unit = haveOwnUnits(range.low, range.high) ? undefined : unitWords(range.low ?? range.high)
  return withUnit(endsText(range.low, range.high, message), unit)
}
