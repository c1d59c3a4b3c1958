import { wordsOf } from '../compare/fold.ts'
import { formOf, type NameForm } from '../compare/name-forms.ts'
import { compareNames } from '../compare/names.ts'
import { variantGroups } from '../compare/variants.ts'
import type { PersonName } from '../traits.ts'

/**
 * How far what is known of a person's names agrees. `baby`: one is that of a newborn before it was
 * named; `unknown`: too little was said.
 */
export type NameAgreement =
  | 'same'
  | 'family-changed'
  | 'given-changed'
  | 'other'
  | 'baby'
  | 'unknown'

const infant = /^(?:BABY|INFANT|NEWBORN|TWIN|TRIPLET)$/

/** `BABY OF SMITH` as a family name alone is the name of a baby, and that of its mother. */
const nameForm = ({ family, given }: PersonName): NameForm => {
  const [first = '', ...rest] = wordsOf(family ?? '')
  if (given.length > 0 || !infant.test(first)) return formOf(family, given)
  return formOf(rest.filter((word) => word !== 'OF').join(' '), [first])
}

const isName = (name: string): boolean => variantGroups('given', name).length > 0

/** The best agreement of any two of their names: an alias or a former name is one of the person. */
export const nameAgreement = (
  first: readonly PersonName[],
  second: readonly PersonName[],
): NameAgreement => {
  const [a, b] = [first.map(nameForm), second.map(nameForm)]
  const { given, family } = compareNames(a, b, isName)
  const isFamilyOther = family === 'different'
  if (given === 'baby') {
    const areBabies = [...a, ...b].every(({ baby }) => baby)
    return areBabies && !isFamilyOther && family !== 'missing' ? 'same' : 'baby'
  }
  if (isFamilyOther) return given === 'different' || given === 'prefix' ? 'other' : 'family-changed'
  if (given === 'different') return 'given-changed'
  return given === 'missing' && family === 'missing' ? 'unknown' : 'same'
}
