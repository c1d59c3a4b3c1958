import type { ObservationReported } from '@tideway/schemas/documents/entry'
import type { Coded, Observation } from '@tideway/schemas/events.generated'
import { type WordsOfWithdrawal, wordsOfWithdrawal } from './words-of-withdrawal.ts'

type Said = Pick<Observation, 'value' | 'coded' | 'attachment' | 'notes' | 'absentReason'>

const firstOf = (texts: readonly (string | null | undefined)[]): WordsOfWithdrawal | null => {
  for (const text of texts) {
    const words = text == null ? null : wordsOfWithdrawal(text)
    if (words !== null) return words
  }
  return null
}

const textsOf = (coded: Coded | null | undefined) => [coded?.text, coded?.alternateText]

/** Words in place of the value that withdraw the one before. */
export const withdrawalInValue = ({
  value,
  coded,
}: Pick<Said, 'value' | 'coded'>): WordsOfWithdrawal | null => firstOf([value, ...textsOf(coded)])

/** Words of a statement that withdraw the value before: its value, a note, or why it has none. */
export const withdrawalInWords = (said: Said): WordsOfWithdrawal | null =>
  withdrawalInValue(said) ?? firstOf([...said.notes, ...textsOf(said.absentReason)])

/** Statuses that are not final yet, and so do not undo what is. */
const unsettled: ReadonlySet<string | null> = new Set([
  'registered',
  'results-pending',
  'preliminary',
  'unverified',
  'partial',
])

/**
 * Statuses that speak of a result reported before. A cancellation may be of one that was never
 * made: a specimen refused because it is mislabelled.
 */
const changing: ReadonlySet<string | null> = new Set(['corrected', 'amended', 'appended'])

/**
 * Why a statement that changes an earlier one says in words that this does not stand; null if it
 * does not, or if only the earlier statement can tell whether it changes one.
 */
export const correctsInWords = (
  said: Said & Pick<Observation, 'status'>,
): WordsOfWithdrawal | null => (changing.has(said.status) ? withdrawalInWords(said) : null)

const hasSameValue = (a: ObservationReported, b: ObservationReported): boolean =>
  a.value === b.value && a.coded?.code === b.coded?.code && a.coded?.text === b.coded?.text

const isValued = ({ value, coded, attachment }: Said): boolean =>
  value !== null || coded !== null || attachment !== null

/** Whether a statement repeats the value it withdraws, and says so in a note. */
export const restatesWithdrawn = (
  reported: readonly ObservationReported[],
  index: number,
): boolean => {
  const told = reported[index] as ObservationReported
  const before = reported.slice(0, index).findLast(isValued)
  return (
    before !== undefined &&
    hasSameValue(before, told) &&
    withdrawalInValue(told) === null &&
    withdrawalInWords(told) !== null
  )
}

/**
 * The place of the statement that says in words that the value of one does not stand: a later one
 * of a status that may change it, or itself where it only repeats the value before.
 *
 * @param reported  in version order
 * @returns null if none does
 */
export const withdrawnInWordsBy = (
  reported: readonly ObservationReported[],
  index: number,
): number | null => {
  const told = reported[index] as ObservationReported
  if (restatesWithdrawn(reported, index)) return index
  if (withdrawalInValue(told) !== null) return null
  const by = reported.findIndex(
    (later, place) =>
      place > index &&
      (!unsettled.has(later.status) || unsettled.has(told.status)) &&
      withdrawalInWords(later) !== null,
  )
  return by < 0 ? null : by
}

/** Why an earlier value does not stand, by what was said later in words; null if nothing was. */
export const wordsAgainst = (
  reported: readonly ObservationReported[],
  told: ObservationReported,
): WordsOfWithdrawal | null => {
  const by = withdrawnInWordsBy(reported, reported.indexOf(told))
  return by === null ? null : withdrawalInWords(reported[by] as ObservationReported)
}

/**
 * The statement that says in words that the value one message stated, or one before it, does not
 * stand. In every order of arrival it is found when the later of the two comes.
 */
export const withdrawingInWords = (
  reported: readonly ObservationReported[],
  { message, place }: Pick<ObservationReported, 'message' | 'place'>,
): ObservationReported | null => {
  const index = reported.findIndex((told) => told.message === message && told.place === place)
  if (index < 0) return null
  const isBefore = reported.some(
    (told, nth) => nth < index && isValued(told) && withdrawnInWordsBy(reported, nth) === index,
  )
  const by = isBefore ? index : withdrawnInWordsBy(reported, index)
  return by === null ? null : (reported[by] as ObservationReported)
}
