import { compareBirthDates, type DateLevel } from '../compare/birth-date.ts'
import type { KnownNames } from '../compare/given-name.ts'
import { compareNames, type NamesCompared } from '../compare/names.ts'
import { type AddressLevel, compareHomes, sharesAny } from '../compare/places.ts'
import type { PreparedTraits } from '../compare/prepare.ts'

type Same = 'same' | 'missing' | 'different'

/** How far two records agree, field by field. */
export type Agreement = NamesCompared & {
  birthDate: DateLevel
  sex: Same
  address: AddressLevel
  phone: Same
  email: Same
  gpPractice: Same
  nhsNumber: Same
}

/** The fields that have a weight. */
export const scoredFields = [
  'given',
  'family',
  'middle',
  'birthDate',
  'sex',
  'address',
  'phone',
  'email',
  'gpPractice',
  'nhsNumber',
] as const

export type ScoredField = (typeof scoredFields)[number]

export const agreementOf = (
  a: PreparedTraits,
  b: PreparedTraits,
  isKnown: KnownNames,
): Agreement => ({
  ...compareNames(a.names, b.names, isKnown),
  birthDate: compareBirthDates(a.birth, b.birth),
  sex: equal(a.sex, b.sex),
  address: compareHomes(a.homes, b.homes),
  phone: shared(a.phones, b.phones),
  email: shared(a.emails, b.emails),
  gpPractice: equal(a.gp, b.gp),
  nhsNumber: equal(a.number, b.number),
})

const equal = (a: string | null, b: string | null): Same => {
  if (a === null || b === null) return 'missing'
  return a === b ? 'same' : 'different'
}

const shared = (a: readonly string[], b: readonly string[]): Same => {
  const any = sharesAny(a, b)
  if (any === null) return 'missing'
  return any ? 'same' : 'different'
}
