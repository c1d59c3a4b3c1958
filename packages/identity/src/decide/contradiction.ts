import type { PreparedTraits } from '../compare/prepare.ts'
import type { Agreement } from '../score/agreement.ts'

/**
 * Why two records cannot be of one person as far as anything automatic may say; null if nothing
 * speaks against it. A family name that differs is none: people marry. Without a common number
 * second
 * names must not differ, nor may one first name be written twice, NOAH NOAH: twins share all else.
 */
export const contradictionOf = (
  a: PreparedTraits,
  b: PreparedTraits,
  agreement: Agreement,
): string | null => {
  if (agreement.nhsNumber === 'different')
    return a.verified !== null && b.verified !== null ? 'two-verified-numbers' : 'two-numbers'
  return contradictionBesideNumbers(agreement)
}

/** As `contradictionOf`, where somebody has decided that both numbers are of one person. */
export const contradictionBesideNumbers = (agreement: Agreement): string | null => {
  if (agreement.birthDate === 'different') return 'birth-dates'
  if (agreement.given === 'different') return 'given-names'
  if (agreement.sex === 'different' && agreement.given !== 'exact') return 'sex'
  if (agreement.nhsNumber === 'same') return null
  if (agreement.middle === 'different') return 'second-names'
  return agreement.doubled ? 'doubled-name' : null
}
