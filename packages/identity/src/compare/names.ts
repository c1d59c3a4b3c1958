import { compareFamily, type FamilyLevel } from './family-name.ts'
import { compareGiven, type GivenLevel, type KnownNames } from './given-name.ts'
import type { NameForm } from './name-forms.ts'
import { isOneSlip } from './similarity.ts'
import { areVariants } from './variants.ts'

export type MiddleLevel = 'same' | 'initial' | 'missing' | 'different'

export type NamesCompared = {
  given: GivenLevel
  family: FamilyLevel
  middle: MiddleLevel
  /** Whether given and family name changed places. */
  swapped: boolean
  /** Whether the given names agree only once a prefix is dropped: MO HUSSAIN and HUSSAIN. */
  prefixDropped: boolean
  /** Whether one side alone has its first given name twice. */
  doubled: boolean
  /** A newborn of a multiple birth without a name, on either side. */
  several: boolean
  /** The names that agree exactly, for their frequency; null where they do not. */
  givenName: string | null
  familyName: string | null
}

const givenOrder: readonly GivenLevel[] = [
  'exact',
  'variant',
  'similar',
  'second',
  'initial',
  'baby',
  'prefix',
  'missing',
  'different',
]
const familyOrder: readonly FamilyLevel[] = [
  'exact',
  'variant',
  'similar',
  'part',
  'missing',
  'different',
]

const rankOf = ({ given, family }: NamesCompared): number =>
  givenOrder.indexOf(given) * 2 + familyOrder.indexOf(family) * 3

/** The better agreement first; of two as good, always the same whichever record is given first. */
const isBetter = (one: NamesCompared, other: NamesCompared): boolean =>
  rankOf(one) < rankOf(other) ||
  (rankOf(one) === rankOf(other) && JSON.stringify(one) < JSON.stringify(other))

/** The best agreement of any name of one with any of the other. */
export const compareNames = (
  a: readonly NameForm[],
  b: readonly NameForm[],
  isKnown: KnownNames,
): NamesCompared => {
  const pairs = a.flatMap((one) => b.map((other) => compareForms(one, other, isKnown)))
  return pairs.length < 2
    ? (pairs[0] ?? nothing)
    : pairs.reduce((best, pair) => (isBetter(pair, best) ? pair : best))
}

const nothing: NamesCompared = {
  given: 'missing',
  family: 'missing',
  middle: 'missing',
  swapped: false,
  prefixDropped: false,
  doubled: false,
  several: false,
  givenName: null,
  familyName: null,
}

const compareForms = (a: NameForm, b: NameForm, isKnown: KnownNames): NamesCompared => {
  const given = compareGiven(a, b, isKnown)
  const family = compareFamily(a, b)
  const swapped = family !== 'exact' && given !== 'exact' && (areSwapped(a, b) || areSwapped(b, a))
  return {
    given: swapped ? 'exact' : given,
    family: swapped ? 'exact' : family,
    middle: compareMiddle(a, b),
    swapped,
    prefixDropped: given === 'exact' && a.prefixes.length > 0 !== b.prefixes.length > 0,
    doubled: a.doubled !== b.doubled,
    several: (a.baby && a.order !== '') || (b.baby && b.order !== ''),
    givenName: swapped || given === 'exact' ? first(a.given, b.given) : null,
    familyName: swapped || family === 'exact' ? first(a.family, b.family) : null,
  }
}

/**
 * One of two, whichever is given first: names that changed places or are written in other words.
 */
const first = (a: string, b: string): string => (a < b ? a : b)

/** Given and family name changed places, with at most one of them spelt another way. */
const areSwapped = (a: NameForm, b: NameForm): boolean => {
  if (a.given === '' || a.family === '' || a.given.length < 2) return false
  const there = [a.givenJoined, a.given, ...a.prefixes].includes(b.family)
  const back = a.family === b.given || a.family === b.givenJoined
  if (there && back) return true
  return (
    (there && isNear('family', a.family, b.given)) || (back && isNear('given', a.given, b.family))
  )
}

const isNear = (part: 'given' | 'family', a: string, b: string): boolean =>
  areVariants(part, a, b) || (Math.min(a.length, b.length) >= 4 && isOneSlip(a, b))

const compareMiddle = (a: NameForm, b: NameForm): MiddleLevel => {
  const [, ...ours] = a.givenWords
  const [, ...others] = b.givenWords
  if (ours.length === 0 || others.length === 0) return 'missing'
  if (ours.some((word) => word.length > 1 && others.includes(word))) return 'same'
  const agree = ours.some((one) =>
    others.some((other) => (one.length === 1 || other.length === 1) && one[0] === other[0]),
  )
  return agree ? 'initial' : 'different'
}
