import type { PersonName } from '../traits.ts'
import { isAlike } from './alike-names.ts'
import { isBabyName, isNoBabyWord, isUnknownName, wordsOf } from './name-words.ts'

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

type Words = { family: string[]; given: string[]; isBaby: boolean }

const wordsIn = ({ family, given }: PersonName): Words | null => {
  const words = { family: wordsOf([family ?? '']), given: wordsOf(given) }
  const isBaby = isBabyName([...words.given, ...words.family])
  if (isBaby) return { given: [], family: words.family.filter(isNoBabyWord), isBaby }
  const known = {
    family: isUnknownName(words.family) ? [] : words.family,
    given: isUnknownName(words.given) ? [] : words.given,
    isBaby,
  }
  return known.family.length + known.given.length === 0 ? null : known
}

const some = (one: readonly string[], other: readonly string[]): boolean =>
  one.some((a) => other.some((b) => isAlike(a, b)))

/** The first name of either among those of the other: a middle name may be used, added, dropped. */
const givenAgrees = (a: readonly string[], b: readonly string[]): boolean =>
  some(a.slice(0, 1), b) || some(b.slice(0, 1), a) || isAlike(a.join(''), b.join(''))

const familyAgrees = (a: readonly string[], b: readonly string[]): boolean =>
  isAlike(a.join(''), b.join('')) || some(a, b)

/** How two names agree of which a part is known of both. */
const partsAgree = (a: Words, b: Words): NameAgreement => {
  const isFamilyKnown = a.family.length > 0 && b.family.length > 0
  const isGivenKnown = a.given.length > 0 && b.given.length > 0
  const isFamilyOther = isFamilyKnown && !familyAgrees(a.family, b.family)
  const isGivenOther = isGivenKnown && !givenAgrees(a.given, b.given)
  if (isFamilyOther) return isGivenOther ? 'other' : 'family-changed'
  return isGivenOther ? 'given-changed' : 'same'
}

const agreementOf = (a: Words, b: Words): NameAgreement => {
  if (a.isBaby || b.isBaby)
    return a.isBaby && b.isBaby && familyAgrees(a.family, b.family) ? 'same' : 'baby'
  if (some(a.family, b.given) && some(a.given, b.family)) return 'same'
  const isPartKnown =
    (a.family.length > 0 && b.family.length > 0) || (a.given.length > 0 && b.given.length > 0)
  if (isPartKnown) return partsAgree(a, b)
  const all = [a, b].map(({ family, given }) => [...family, ...given])
  return some(all[0] ?? [], all[1] ?? []) ? 'same' : 'unknown'
}

const order: readonly NameAgreement[] = [
  'same',
  'baby',
  'family-changed',
  'given-changed',
  'other',
  'unknown',
]

/** The best agreement of any two of their names: an alias or a former name is one of the person. */
export const nameAgreement = (
  first: readonly PersonName[],
  second: readonly PersonName[],
): NameAgreement => {
  const [one, two] = [first, second].map((names) =>
    names.map(wordsIn).filter((words) => words !== null),
  )
  const found = new Set((one ?? []).flatMap((a) => (two ?? []).map((b) => agreementOf(a, b))))
  return order.find((agreement) => found.has(agreement)) ?? 'unknown'
}
