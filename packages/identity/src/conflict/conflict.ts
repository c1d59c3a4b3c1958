import { type BirthAgreement, birthAgreement } from './birth-agreement.ts'
import { type NameAgreement, nameAgreement } from './name-agreement.ts'
import type { StatedIdentity } from './stated-identity.ts'

/** What of an identity contradicts another. */
export type ConflictField = 'nhsNumber' | 'birthDate' | 'names' | 'sex'

/** Two statements under one number that no correction explains: they are about two people. */
export type Conflict = { fields: ConflictField[] }

type Agreement = {
  name: NameAgreement
  birth: BirthAgreement
  number: 'same' | 'other' | 'unknown'
  sex: 'same' | 'other' | 'unknown'
}

const known = (sex: StatedIdentity['sex']): boolean => sex === 'male' || sex === 'female'

const agreementOf = (a: StatedIdentity, b: StatedIdentity): Agreement => {
  const isNumberKnown = a.nhsNumber !== null && b.nhsNumber !== null
  const number = a.nhsNumber === b.nhsNumber ? 'same' : 'other'
  const sex = a.sex === b.sex ? 'same' : 'other'
  return {
    name: nameAgreement(a.names, b.names),
    birth: birthAgreement(a.birthDate, b.birthDate),
    number: isNumberKnown ? number : 'unknown',
    sex: known(a.sex) && known(b.sex) ? sex : 'unknown',
  }
}

const isSameDay = ({ birth }: Agreement): boolean => birth === 'same' || birth === 'near'

/** A family name changes by marriage, a baby gets a name; a birth date stays. */
const isNameOther = (agreement: Agreement): boolean => {
  const { name, birth, number, sex } = agreement
  if (name === 'baby') return birth === 'other' || (number === 'other' && sex !== 'same')
  if (name === 'family-changed') return !isSameDay(agreement)
  return name === 'given-changed' || name === 'other'
}

/** A slip of the keyboard explains another date only of a person of the same name. */
const isBirthOther = (agreement: Agreement): boolean => {
  const { birth, name } = agreement
  if (birth === 'newborn') return name !== 'baby'
  return birth === 'other' || (birth === 'near' && isNameOther(agreement))
}

/** What contradicts between two statements of the organisation whose patient it is. */
const contradictsOwn = (agreement: Agreement): boolean => {
  const [isName, isBirth] = [isNameOther(agreement), isBirthOther(agreement)]
  const { birth, number, sex } = agreement
  return (
    (isName && isBirth) ||
    (number === 'other' && (isName || isBirth)) ||
    (birth === 'other' && sex === 'other' && number !== 'same')
  )
}

/** What more does in a statement of another organisation, which may have mistyped the number. */
const contradictsOthers = (agreement: Agreement): boolean => {
  const { name, birth, number, sex } = agreement
  if (number === 'same') return false
  if (isBirthOther(agreement)) return true
  if (birth === 'unknown' && isNameOther(agreement)) return true
  if (name === 'given-changed' && sex === 'other') return true
  return number === 'other' && birth === 'unknown' && name === 'unknown'
}

const conflictIn = (agreement: Agreement, isOwn: boolean): Conflict | null => {
  if (!contradictsOwn(agreement) && (isOwn || !contradictsOthers(agreement))) return null
  const fields: [ConflictField, boolean][] = [
    ['nhsNumber', agreement.number === 'other'],
    ['birthDate', isBirthOther(agreement)],
    ['names', isNameOther(agreement)],
    ['sex', agreement.sex === 'other'],
  ]
  return { fields: fields.flatMap(([field, isOther]) => (isOther ? [field] : [])) }
}

/**
 * Whether a statement is about somebody else than what is known under the number; null if it is
 * not, or too little is said. The same whichever is given first.
 *
 * @param isOwn  the statement is by the organisation whose number it is; others are held to more
 */
export const conflictOf = (
  stated: StatedIdentity,
  known: StatedIdentity,
  isOwn: boolean,
): Conflict | null => conflictIn(agreementOf(stated, known), isOwn)

/** Whether two statements are about one person, and say enough to tell. */
export const agreesOnIdentity = (
  stated: StatedIdentity,
  known: StatedIdentity,
  isOwn: boolean,
): boolean => {
  const agreement = agreementOf(stated, known)
  if (conflictIn(agreement, isOwn) !== null) return false
  const isName = agreement.name !== 'unknown' && !isNameOther(agreement)
  return agreement.number === 'same' || (isName && isSameDay(agreement))
}
