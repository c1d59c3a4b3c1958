import { numberKey, wordKey } from '@tideway/record/keys/business-key'
import type { Coded } from '@tideway/schemas/events.generated'
import type { Context } from '../normalise/mapping.ts'
import { ownerOf, type OwnNumber } from '../datatypes/ei.ts'

/** What a code is known by: the code, else its text. */
export const codeKey = (coded: Coded | null): string =>
  coded?.code ?? coded?.text ?? coded?.alternateCode ?? coded?.alternateText ?? ''

/**
 * Business key, within the patient, of what has a number: whoever gave it stands before it where
 * that is not the patient's organisation.
 */
export const keyOfNumber = (
  { number, authority }: OwnNumber,
  patientKey: string,
  { source }: Context,
): string => numberKey(number, ownerOf(authority, source), patientKey)

/** Business key of what has no number, by words that tell it from others of the sender. */
export const keyOfWords = (words: string, patientKey: string, { source }: Context): string =>
  wordKey(words, source.ods, patientKey)

/**
 * Business key of a statement: its number, else what tells it from others.
 *
 * @param parts  in a fixed order; null and '' are the same
 */
export const statementKey = (
  patientKey: string,
  context: Context,
  number: OwnNumber | null,
  parts: readonly (string | null)[],
): string =>
  number === null
    ? keyOfWords(parts.map((part) => part ?? '').join('|'), patientKey, context)
    : keyOfNumber(number, patientKey, context)
