import type { Agreement } from '../score/agreement.ts'

/** What the rules read beside the agreement of the fields. */
export type Evidence = Agreement & {
  score: number
  /**
   * Address, telephone and e-mail that agree; an e-mail made of the name counts only with another.
   */
  contacts: number
  /** Both sides have the number verified against the national register. */
  verified: boolean
  /** A child or young adult on either side: address, telephone and e-mail may be the family's. */
  dependant: boolean
  /** Neither side has a date of birth. */
  bornUnknown: boolean
  /** The given name that agrees is one that very many have. */
  popular: boolean
  /**
   * An e-mail address with a given name in it agrees: a family's address does not tell twins apart.
   */
  ownEmail: boolean
}

export type MatchingRule = { name: string; holds(evidence: Evidence): boolean }

const sameDay = ({ birthDate }: Evidence) => birthDate === 'exact' || birthDate === 'defaultDay'
const nearDay = ({ birthDate }: Evidence) =>
  birthDate === 'near' || birthDate === 'swapped' || birthDate === 'twoOfThree'
const sameSex = ({ sex }: Evidence) => sex !== 'different'
const spelt = ({ given }: Evidence) =>
  given === 'exact' || given === 'variant' || given === 'similar'
const familyAgrees = ({ family }: Evidence) =>
  family === 'exact' || family === 'variant' || family === 'similar' || family === 'part'
/**
 * Children of one home share every contact: only the given name, if it is not popular, or a second.
 * Names that changed places, or that agree once a prefix is dropped, may be a twin's.
 */
const isNoSibling = ({ dependant, popular, middle, ownEmail, ...pair }: Evidence) =>
  !dependant ||
  ownEmail ||
  middle === 'same' ||
  (!pair.swapped && !pair.prefixDropped && (!popular || middle === 'initial'))
/**
 * Brothers may have one name, and one of them the other's number: two parts of the day of birth do
 * not tell them apart where the number is not verified on both sides.
 */
const isSiblingsDay = ({ birthDate, dependant, verified, middle, ownEmail }: Evidence) =>
  birthDate === 'twoOfThree' && dependant && !verified && middle !== 'same' && !ownEmail
const sameNumber = ({ nhsNumber }: Evidence) => nhsNumber === 'same'

/**
 * What links two records that share a valid NHS number, without a contradiction. Never the number
 * alone: the day of birth and what is known of the name, or both names and most of the date.
 */
const withNumber: readonly MatchingRule[] = [
  {
    name: 'number-birthday-given-name',
    holds: (pair) => sameDay(pair) && pair.given === 'exact',
  },
  {
    name: 'number-birthday-names',
    holds: (pair) =>
      sameDay(pair) &&
      (spelt(pair) || pair.given === 'second') &&
      (familyAgrees(pair) || (pair.sex === 'same' && pair.contacts > 0)),
  },
  {
    name: 'number-birthday-family-name',
    holds: (pair) =>
      sameDay(pair) &&
      familyAgrees(pair) &&
      (pair.sex === 'same' || pair.contacts > 0) &&
      (pair.given === 'initial' || pair.given === 'prefix' || pair.given === 'missing'),
  },
  {
    name: 'number-birthday-newborn',
    holds: (pair) =>
      sameDay(pair) && pair.given === 'baby' && sameSex(pair) && (!pair.several || pair.verified),
  },
  {
    name: 'number-names-near-birthday',
    holds: (pair) =>
      nearDay(pair) &&
      !isSiblingsDay(pair) &&
      ((pair.given === 'exact' && familyAgrees(pair) && sameSex(pair)) ||
        (pair.given === 'exact' && pair.sex === 'same' && pair.contacts > 0) ||
        (familyAgrees(pair) && pair.contacts > 0 && (spelt(pair) || pair.given === 'prefix')) ||
        (familyAgrees(pair) &&
          pair.contacts > 0 &&
          pair.given === 'initial' &&
          pair.sex === 'same')),
  },
  {
    name: 'number-names-no-birthday',
    holds: (pair) =>
      (pair.birthDate === 'missing' || pair.birthDate === 'partial') &&
      !pair.bornUnknown &&
      sameSex(pair) &&
      familyAgrees(pair) &&
      (pair.given === 'exact'
        ? pair.contacts > 0 || pair.verified || pair.gpPractice === 'same' || pair.middle === 'same'
        : pair.contacts > 0 && pair.verified && (spelt(pair) || pair.given === 'prefix')),
  },
]

/**
 * What links two records of which one has no number, if the score passes as well: independent
 * evidence beside name and day of birth, because namesakes share those, and the very given name,
 * because twins share all else.
 */
const withoutNumber: readonly MatchingRule[] = [
  {
    name: 'names-birthday-contact',
    holds: (pair) =>
      sameDay(pair) &&
      pair.given === 'exact' &&
      familyAgrees(pair) &&
      sameSex(pair) &&
      pair.contacts > 0 &&
      isNoSibling(pair),
  },
  {
    name: 'names-birthday-contacts',
    holds: (pair) =>
      pair.birthDate === 'exact' &&
      (spelt(pair) || pair.given === 'prefix') &&
      familyAgrees(pair) &&
      pair.sex === 'same' &&
      pair.contacts > 1 &&
      (!pair.dependant || (pair.ownEmail && pair.given !== 'prefix')),
  },
  {
    name: 'given-name-birthday-contacts',
    holds: (pair) =>
      pair.birthDate === 'exact' &&
      pair.given === 'exact' &&
      sameSex(pair) &&
      pair.contacts > 1 &&
      isNoSibling(pair),
  },
  {
    name: 'names-near-birthday-contact',
    holds: (pair) =>
      (pair.birthDate === 'near' || pair.birthDate === 'swapped') &&
      pair.given === 'exact' &&
      familyAgrees(pair) &&
      pair.sex === 'same' &&
      pair.contacts > 0 &&
      (!pair.dependant || pair.middle === 'same'),
  },
]

/** The first rule that links a pair without a contradiction; null if none does. */
export const automaticRule = (pair: Evidence, threshold: number): string | null => {
  if (sameNumber(pair)) return withNumber.find((rule) => rule.holds(pair))?.name ?? null
  if (pair.score < threshold) return null
  return withoutNumber.find((rule) => rule.holds(pair))?.name ?? null
}

/** Whether a pair that is not linked is worth a person's time, beside its score. */
export const workItemRule = (pair: Evidence, contradiction: string | null): string | null => {
  if (sameNumber(pair))
    return contradiction === null ? 'number-shared' : `number-shared-${contradiction}`
  if (contradiction === 'two-numbers' || contradiction === 'two-verified-numbers')
    return sameDay(pair) && spelt(pair) && familyAgrees(pair) && sameSex(pair) && pair.contacts > 0
      ? contradiction
      : null
  if (contradiction !== null) return null
  if (sameDay(pair) && spelt(pair) && familyAgrees(pair)) return 'names-birthday'
  if (sameDay(pair) && pair.given === 'exact') return 'given-name-birthday'
  if (nearDay(pair) && spelt(pair) && familyAgrees(pair)) return 'names-near-birthday'
  return 'likely'
}
