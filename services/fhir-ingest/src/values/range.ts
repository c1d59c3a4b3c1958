import type { ObservationReferenceRange, Quantity, Range } from '@medplum/fhirtypes'
import type { Coded } from '@tideway/schemas/events.generated'
import type { FhirMessage } from '../normalise/message.ts'
import { readCoded } from './coded.ts'
import { amountText, readUnit, unitWords } from './quantity.ts'

/**
 * Whether both ends have a unit, and not the same: `0 d` to `1 mo`. The unit of one end must not be
 * read as that of the other.
 */
export const haveOwnUnits = (low: Quantity | undefined, high: Quantity | undefined): boolean => {
  const [ofLow, ofHigh] = [low, high].map((end) => (end === undefined ? null : readUnit(end)))
  if (ofLow == null || ofHigh == null) return false
  return ofLow.code !== ofHigh.code && (ofLow.text === null || ofLow.text !== ofHigh.text)
}

/**
 * The two ends in words: `4.0-11.0`; of one end alone `>= 4.0` or `<= 11.0`; each with its unit if
 * they differ, `0 d-1 mo`; null without any.
 */
export const endsText = (
  low: Quantity | undefined,
  high: Quantity | undefined,
  message: FhirMessage,
): string | null => {
  const own = haveOwnUnits(low, high)
  const [least, most] = [low, high].map((end) => {
    const amount = end === undefined ? null : amountText(end, message)
    return amount === null || end === undefined || !own ? amount : `${amount} ${unitWords(end)}`
  })
  if (least == null) return most == null ? null : `<= ${most}`
  if (most == null) return `>= ${least}`
  return `${least}${/^-/.test(most) ? ' to ' : '-'}${most}`
}

const isNormal = ({ type }: ObservationReferenceRange): boolean =>
  type?.coding?.some(({ code }) => code === 'normal') === true

const ageText = ({ low, high }: Range, message: FhirMessage): string | null => {
  const ends = endsText(low, high, message)
  const unit = haveOwnUnits(low, high) ? undefined : unitWords(low ?? high)
  return ends === null ? null : ['age', ends, unit].filter((one) => one !== undefined).join(' ')
}

/** What kind of range it is, unless the normal one, and whom it is for; null if neither is said. */
const labelOf = (range: ObservationReferenceRange, message: FhirMessage): string | null => {
  const [type, ...whom] = [range.type, ...(range.appliesTo ?? [])].map(
    (one) => readCoded(one)?.text ?? readCoded(one)?.code ?? null,
  )
  const age = range.age === undefined ? null : ageText(range.age, message)
  return (
    [isNormal(range) ? null : (type ?? null), ...whom, age]
      .filter((one) => one !== null)
      .join(', ') || null
  )
}

/** The unit of a range, if it is not that of the value, nor of one end only. */
const otherUnit = ({ low, high }: ObservationReferenceRange, of: Coded | null): string => {
  if (haveOwnUnits(low, high)) return ''
  const sent = (low ?? high) === undefined ? null : readUnit((low ?? high) as Quantity)
  const isSame =
    sent === null || of === null || sent.code === of.code || (sent.text ?? '') === of.text
  return isSame ? '' : ` ${sent.text ?? sent.code}`
}

/**
 * Reference ranges in words, each with its kind unless that is the normal one, and its unit unless
 * that is the unit of the value: `<= 5; Critical: 0.5-9`. Null if none was sent.
 *
 * @see FHIR R4, Observation.referenceRange
 */
export const rangeText = (
  ranges: readonly ObservationReferenceRange[],
  unit: Coded | null,
  message: FhirMessage,
): string | null =>
  ranges
    .map((range) => {
      const ends = endsText(range.low, range.high, message)
      const words = range.text ?? (ends === null ? null : `${ends}${otherUnit(range, unit)}`)
      const label = labelOf(range, message)
      return words === null || label === null || words.includes(label)
        ? words
        : `${label}: ${words}`
    })
    .filter((one) => one !== null)
    .join('; ') || null
