import { sharesOwnEmail } from '../compare/places.ts'
import { type PreparedTraits, prepare } from '../compare/prepare.ts'
import { type Agreement, agreementOf } from '../score/agreement.ts'
import { fieldWeights, total } from '../score/score.ts'
import { frequencyOf, isKnownGivenName, weights } from '../score/weights.ts'
import type { Traits } from '../traits.ts'
import { contradictionBesideNumbers, contradictionOf } from './contradiction.ts'
import type { Decision } from './decision.ts'
import { automaticRule, type Evidence, workItemRule } from './rules.ts'

/** What two records are to each other; the same whichever is given first. */
export const decide = (a: Traits, b: Traits): Decision => decidePrepared(prepare(a), prepare(b))

/** As `decide`, of traits that were made ready once for many comparisons. */
export const decidePrepared = (a: PreparedTraits, b: PreparedTraits): Decision => {
  const agreement = agreementOf(a, b, isKnownGivenName)
  const fields = fieldWeights(agreement)
  const score = total(fields)
  const contradiction = contradictionOf(a, b, agreement)
  const ruled = ruleOf(evidenceOf(a, b, agreement, score), contradiction)
  return { ...ruled, score, fields, contradiction }
}

const ruleOf = (
  pair: Evidence,
  contradiction: string | null,
): { how: Decision['how']; rule: string } => {
  const { automatic, workItem, dependantWorkItem } = weights.thresholds
  const link = contradiction === null ? automaticRule(pair, automatic) : null
  if (link !== null) return { how: 'auto', rule: link }
  const item = workItemRule(pair, contradiction)
  if (item === null) return { how: 'none', rule: contradiction ?? 'unlike' }
  const worthwhile = pair.dependant && pair.nhsNumber === 'missing' ? dependantWorkItem : workItem
  return pair.nhsNumber === 'same' || pair.score >= worthwhile
    ? { how: 'work-item', rule: item }
    : { how: 'none', rule: 'below-threshold' }
}

const evidenceOf = (
  a: PreparedTraits,
  b: PreparedTraits,
  agreement: Agreement,
  score: number,
): Evidence => {
  const ownEmail = agreement.email === 'same' && sharesOwnEmail(a, b)
  const places = Number(agreement.address === 'same') + Number(agreement.phone === 'same')
  const emails = Number(agreement.email === 'same')
  const strongAlone = emails > 0 && !ownEmail
  return {
    ...agreement,
    score,
    ownEmail,
    dependant: [a, b].some(({ birth }) => (birth?.text ?? '') >= weights.thresholds.dependantsFrom),
    bornUnknown: a.birth === null && b.birth === null,
    popular:
      agreement.givenName !== null &&
      frequencyOf('given', agreement.givenName) >= weights.thresholds.popularName,
    verified: a.verified !== null && a.verified === b.verified,
    contacts: places > 0 || strongAlone ? places + emails : 0,
  }
}

/**
 * Why nothing automatic may join two records; null if nothing speaks against it.
 *
 * @param numbersSettled  somebody has decided that both NHS numbers are of one person
 */
export const contradictionBetween = (
  a: PreparedTraits,
  b: PreparedTraits,
  numbersSettled: boolean,
): string | null => {
  const agreement = agreementOf(a, b, isKnownGivenName)
  return numbersSettled ? contradictionBesideNumbers(agreement) : contradictionOf(a, b, agreement)
}
