import type { WordsOfWithdrawal } from '../withdrawal/words-of-withdrawal.ts'

/** Whether a status says that a value was posted on the wrong patient. */
export const isWrongPatient = ({ status }: { status: string | null }): boolean =>
  status === 'wrong-patient'

/**
 * Whether words say so: a mislabelled specimen too is of another patient, and another has the
 * result of this one.
 */
export const isWrongPatientInWords = (words: WordsOfWithdrawal | null): boolean =>
  words === 'wrong-patient' || words === 'mislabelled'
