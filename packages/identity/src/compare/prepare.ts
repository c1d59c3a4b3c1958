import type { Traits } from '../traits.ts'
import { type BirthDate, birthDateOf } from './birth-date.ts'
import { addressLineOf, emailOf, houseOf, phoneOf, postcodeOf } from './contacts.ts'
import { formOf, type NameForm } from './name-forms.ts'

/** Where somebody lives, normalised; null parts are not known. */
export type HomeAddress = { postcode: string | null; line: string | null; house: string | null }

/** Traits made ready for comparing, once for all comparisons of a record. */
export type PreparedTraits = {
  patient: string
  number: string | null
  /** The NHS number if its status says that it was verified (01). */
  verified: string | null
  names: readonly NameForm[]
  birth: BirthDate | null
  sex: 'male' | 'female' | null
  homes: readonly HomeAddress[]
  phones: readonly string[]
  emails: readonly string[]
  gp: string | null
}

const statusVerified = '01'

/** Pseudo-practices: not registered, not known, not in England. @see NHS ODS, V8199x */
const noPractice = /^V8199\d$|^UNK|^N\/?A$/

export const prepare = (traits: Traits): PreparedTraits => {
  const names = traits.names
    .map(({ family, given }) => formOf(family, given))
    .filter(({ family, given, baby }) => family !== '' || given !== '' || baby)
  const gp = traits.gpPractice?.trim().toUpperCase() ?? ''
  return {
    patient: traits.patient,
    number: traits.nhsNumber,
    verified: traits.nhsNumberStatus === statusVerified ? traits.nhsNumber : null,
    names,
    birth: birthDateOf(traits.birthDate),
    sex: traits.sex === 'male' || traits.sex === 'female' ? traits.sex : null,
    homes: homesOf(traits),
    phones: present(traits.phones.map(phoneOf)),
    emails: present(traits.emails.map(emailOf)),
    gp: gp === '' || noPractice.test(gp) ? null : gp,
  }
}

const present = <T>(values: readonly (T | null)[]): T[] => [
  ...new Set(values.filter((value) => value !== null)),
]

/**
 * The n-th postcode belongs to the n-th address line; what is beyond the shorter list stands alone.
 */
const homesOf = ({ postcodes, addressLines }: Traits): HomeAddress[] => {
  const count = Math.max(postcodes.length, addressLines.length)
  return Array.from({ length: count }, (_, index): HomeAddress => {
    const line = addressLineOf(addressLines[index] ?? '')
    return {
      postcode: postcodeOf(postcodes[index] ?? ''),
      line,
      house: line === null ? null : houseOf(line),
    }
  }).filter(({ postcode, line }) => postcode !== null || line !== null)
}
