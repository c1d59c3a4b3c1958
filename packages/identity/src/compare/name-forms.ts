import { wordsOf } from './fold.ts'
import { isOneSlip } from './similarity.ts'
import { isPlaceholderGiven, isPlaceholderName } from './placeholders.ts'

/** A name taken apart for comparing. Absent parts are empty, as a placeholder is. */
export type NameForm = {
  /** The family name in words, joined: `SMITHJONES`. */
  family: string
  /** Its words without particles: `SMITH`, `JONES`. */
  familyWords: readonly string[]
  /** The name the person is called by: the first given name that is not a religious prefix. */
  given: string
  /** All given names but prefixes, as words; `given` is the first. */
  givenWords: readonly string[]
  /** The given names in words, joined: `KWOKWAH`. */
  givenJoined: string
  /** The religious prefixes before or among them. */
  prefixes: readonly string[]
  /** Whether `given` is a prefix that many share, with nothing after it: Mohammed alone. */
  prefixOnly: boolean
  /** Whether the first given name is written twice: NOAH NOAH. */
  doubled: boolean
  /** Whether it is a newborn's before it has a name: BABY OF SARAH, TWIN 1. */
  baby: boolean
  /** The order among several newborns, `1`; empty if none is said. */
  order: string
}

const titles = new Set(
  'MR MRS MISS MS MX DR DOCTOR PROF PROFESSOR REV REVD FR SIR DAME LADY LORD MASTER MSTR SISTER BROTHER JR SNR JNR SR'.split(
    ' ',
  ),
)

const particles = new Set(
  'DE DA DO DOS DAS DEL DI LA LE VAN VON DER DEN TEN TER AL EL BIN IBN BINT BEN ABU UD'.split(' '),
)

/** Names that stand before the one a person is called by, and are shared by very many. */
const prefixes = new Set(
  'MOHAMMED MUHAMMAD MOHAMED MOHAMMAD MUHAMMED MOHAMAD MUHAMAD MOHAMUD MD MOHD MUHD MO MHD SYED SAYED SAYYID ABDUL ABDEL ABDAL ABD'.split(
    ' ',
  ),
)

const longPrefixes = [...prefixes].filter((prefix) => prefix.length >= 7)

/** A prefix, or a slip of a long one. */
const isPrefix = (word: string): boolean =>
  prefixes.has(word) ||
  (word.length >= 6 && word.startsWith('M') && longPrefixes.some((long) => isOneSlip(word, long)))

/** Second names that tell the religion and the sex, not the family or the person. */
const religious = new Set(
  'SINGH KAUR BEGUM BIBI KHATUN KHATOON AKHTAR AKTER SULTANA PARVEEN BANO NESSA'.split(' '),
)

export const isReligiousName = (word: string): boolean => religious.has(word)

const infants = /^(BABY|BABE|BB|BO|BOY|GIRL|INFANT|NEWBORN|NB|TWIN|TRIPLET|QUAD)$/
const several = /^(TWIN|TRIPLET|QUAD)$/
const ordinals: Readonly<Record<string, string>> = {
  '1': '1',
  I: '1',
  ONE: '1',
  A: '1',
  FIRST: '1',
  '2': '2',
  II: '2',
  TWO: '2',
  B: '2',
  SECOND: '2',
  '3': '3',
  III: '3',
  THREE: '3',
  C: '3',
  THIRD: '3',
}

/**
 * `BABY OF SARAH`, `B/O SARAH`, `BABY BOY`, `TWIN 1`, `TWIN TWO OF SARAH`: no name of the child.
 */
const isInfant = (words: readonly string[]): boolean => {
  const [first, second] = words
  if (first === undefined) return false
  if (first === 'B' && second === 'O') return true
  if (first === 'BOY' || first === 'GIRL') return words.length === 1
  if (first === 'BO' || first === 'BB' || first === 'NB') return second !== undefined
  return (
    infants.test(first) || ((first === 'MALE' || first === 'FEMALE') && infants.test(second ?? ''))
  )
}

const orderOf = (words: readonly string[]): string => {
  const numbered = words.some((word) => several.test(word))
  const order = words
    .slice(1)
    .map((word) => ordinals[word])
    .find((one) => one !== undefined)
  return order ?? (numbered ? '?' : '')
}

const withoutTitles = (words: string[]): string[] => {
  const kept = words.filter((word) => !titles.has(word))
  return kept.length > 0 ? kept : words
}

export const formOf = (family: string | null, given: readonly string[]): NameForm => {
  const familyAll = withoutTitles(wordsOf(family ?? ''))
  const baby = isInfant(wordsOf(given.join(' ')))
  const known = isPlaceholderName(familyAll) ? [] : familyAll
  const words = baby ? [] : givenWordsOf(given)
  const core = words.filter((word) => !isPrefix(word) && !isReligiousName(word))
  const used = core.some((word) => word.length > 1) ? core : words
  const ownFamily = known.filter((word) => !particles.has(word))
  return {
    family: known.join(''),
    familyWords: ownFamily.length > 0 ? ownFamily : known,
    given: used[0] ?? '',
    givenWords: used,
    givenJoined: words.join(''),
    prefixes: words.filter(isPrefix),
    prefixOnly: isPrefix(used[0] ?? ''),
    doubled: words.length > 1 && words[0] === words[1],
    baby,
    order: baby ? orderOf(wordsOf(given.join(' '))) : '',
  }
}

/** Given names in words; a hyphenated name is one. */
const givenWordsOf = (given: readonly string[]): string[] => {
  const words = withoutTitles(
    given.flatMap((name) => name.split(/\s+/)).flatMap((name) => wordsOf(name).join('')),
  ).filter((word) => word !== '')
  return isPlaceholderGiven(words) ? [] : words
}
