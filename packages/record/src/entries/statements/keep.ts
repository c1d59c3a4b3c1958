import { newestOf } from '../facts.ts'
import type { Rule } from '../../status/rule.ts'

/** Word of a statement that is whole, whatever is refused. */
const whole = 'whole'

/** What a statement can decide about its entry. */
const wordsOf = ({ status, unless, shows, asks, undoes }: Rule<string>): string[] => [
  ...(status === 'as-before'
    ? []
    : [unless === undefined ? `status ${asks ?? ''}` : 'status if none']),
  ...(shows === 'own' ? [asks === undefined ? whole : `${whole} ${asks}`] : []),
  ...(undoes === undefined ? [] : [`refused ${undoes}`]),
]

/**
 * The statements to keep: the newest, and however old they are those that decide about status and
 * content.
 *
 * These are the newest that sets the status, the newest that sets it where none is known, the
 * newest that is whole, the newest of each change asked for (it may still be refused), the newest
 * of each refusal, and where nothing was told whole, the oldest. Which ones does not depend on the
 * order in which they came, and the status is what it would be if all were kept.
 *
 * @param reported  in version order
 * @param limit  how many of the newest are kept whatever they say
 */
export const kept = <Told>(
  reported: readonly Told[],
  ruleOf: (told: Told) => Rule<string>,
  limit: number,
): Told[] => {
  if (reported.length <= limit) return [...reported]
  const newest = newestOf(reported, limit, (told) => wordsOf(ruleOf(told)))
  const [oldest] = reported
  const isWhole = newest.some((told) => wordsOf(ruleOf(told)).includes(whole))
  return oldest === undefined || isWhole || newest[0] === oldest ? newest : [oldest, ...newest]
}
