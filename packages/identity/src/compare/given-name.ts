import type { NameForm } from './name-forms.ts'
import { isOneSlip, similarity } from './similarity.ts'
import { soundAlike } from './sounds.ts'
import { areVariants, variantGroups } from './variants.ts'

/** How far two given names agree, the nearest first. */
export type GivenLevel =
  | 'exact'
  /** Spellings, transliterations and short forms of one name. */
  | 'variant'
  /** A slip of the fingers, or two that sound alike. */
  | 'similar'
  /** One is a second name of the other, or they have a second name in common. */
  | 'second'
  | 'initial'
  /** A newborn's name that is none, BABY OF SARAH, against any. */
  | 'baby'
  | 'missing'
  /** Only a prefix that many share agrees: Mohammed. */
  | 'prefix'
  | 'different'

/** Two names of whom neither is a slip of the other, though one letter would do: Jack and Jake. */
export type KnownNames = (name: string) => boolean

export const compareGiven = (a: NameForm, b: NameForm, isKnown: KnownNames): GivenLevel => {
  if (a.baby || b.baby)
    return a.order !== '' && b.order !== '' && a.order !== b.order ? 'different' : 'baby'
  if (a.given === '' || b.given === '') return 'missing'
  if (a.prefixOnly || b.prefixOnly) return comparePrefix(a, b, isKnown)
  return a.givenJoined === b.givenJoined ? 'exact' : compareWords(a, b, isKnown)
}

/**
 * Mohammed against Mo, or against Mohammed Tariq: of what else there may be, nothing is known.
 * Against
 * a name without it, it says no more than that another name is used.
 */
const comparePrefix = (a: NameForm, b: NameForm, isKnown: KnownNames): GivenLevel => {
  const [prefixed, other] = a.prefixOnly ? [a, b] : [b, a]
  if (isLike(prefixed.given, other.given, isKnown)) return 'prefix'
  if (other.given.length === 1 && prefixed.given.startsWith(other.given)) return 'initial'
  if (other.prefixes.some((word) => isLike(prefixed.given, word, isKnown))) return 'prefix'
  return prefixed.givenWords.some((word) => word.length === 1 && word === other.given[0])
    ? 'initial'
    : 'different'
}

const isLike = (a: string, b: string, isKnown: KnownNames): boolean =>
  !['different', 'initial'].includes(compareWord(a, b, isKnown))

const compareWords = (a: NameForm, b: NameForm, isKnown: KnownNames): GivenLevel => {
  const first = compareWord(a.given, b.given, isKnown)
  if (first !== 'different' && first !== 'initial') return first
  if (joinsTo(a, b) || joinsTo(b, a)) return 'variant'
  if (isSecond(a, b) || isSecond(b, a)) return 'second'
  return first
}

const compareWord = (a: string, b: string, isKnown: KnownNames): GivenLevel => {
  if (a === b) return a.length === 1 ? 'initial' : 'exact'
  if (a.length === 1 || b.length === 1) return a[0] === b[0] ? 'initial' : 'different'
  if (areVariants('given', a, b) || isShortForm(a, b)) return 'variant'
  if (isKnown(a) && isKnown(b)) return 'different'
  return isSimilar(a, b) || isSlipOfVariant(a, b) || isSlipOfVariant(b, a) ? 'similar' : 'different'
}

/** A name cut short: Alex of Alexander, Lan of Thi-Lan, Dami of Oluwadamilola. */
const isShortForm = (a: string, b: string): boolean => {
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  if (short.length < 3) return false
  return (
    long.startsWith(short) || long.endsWith(short) || (short.length > 3 && long.includes(short))
  )
}

const isSimilar = (a: string, b: string): boolean => {
  if (Math.max(a.length, b.length) >= 3 && isOneSlip(a, b)) return true
  const likeness = similarity(a, b)
  return likeness >= 0.93 || (likeness >= 0.8 && soundAlike(a, b))
}

const isSlipOfVariant = (a: string, b: string): boolean =>
  variantGroups('given', b).some((group) =>
    group.some((name) => name.length >= 5 && isOneSlip(a, name)),
  )

/** KWOK WAH and KWOKWAH: one has the words joined. */
const joinsTo = (a: NameForm, b: NameForm): boolean =>
  a.givenWords.length > 1 && a.givenWords.slice(0, 2).join('') === b.given

/**
 * Known by a second name: PETER against JOHN PETER, or both have a second name. Not by an initial.
 */
const isSecond = (a: NameForm, b: NameForm): boolean =>
  a.givenWords.slice(1).some((word) => word.length > 2 && b.givenWords.includes(word))
