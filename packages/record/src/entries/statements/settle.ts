import type { Change, Rule } from '../../status/rule.ts'

/** `statusFrom`: the statement that set the status; null if none did. */
type State<Status extends string> = {
  status: Status | 'unknown'
  statusFrom: number | null
  shown: readonly number[]
}

const nothingYet = { status: 'unknown', statusFrom: null, shown: [] } as const

/**
 * A change that was refused may be the first thing heard of an order: it then shows itself, for
 * want of what it was about.
 */
const refused = { status: 'as-before', shows: 'before' } as const

/** Each statement as it counts: a change asked for that was refused later says nothing. */
const counting = <Status extends string>(
  rules: readonly Rule<Status>[],
): readonly Rule<Status>[] => {
  if (!rules.some(({ undoes }) => undoes !== undefined)) return rules
  const last = new Map<Change, number>()
  for (const [index, { undoes }] of rules.entries())
    if (undoes !== undefined) last.set(undoes, index)
  return rules.map((rule, index) =>
    rule.asks !== undefined && index < (last.get(rule.asks) ?? 0) ? refused : rule,
  )
}

const after = <Status extends string>(
  { status, statusFrom, shown }: State<Status>,
  rule: Rule<Status>,
  index: number,
): State<Status> => ({
  ...(rule.status === 'as-before' || rule.unless?.includes(status) === true
    ? { status, statusFrom }
    : { status: rule.status, statusFrom: index }),
  shown: { own: [index], over: [index, ...shown], before: shown.length === 0 ? [index] : shown }[
    rule.shows
  ],
})

/**
 * Status of an entry and which statements are shown, from everything stated about it.
 *
 * @param rules  of each statement, in version order
 */
export const settle = <Status extends string>(rules: readonly Rule<Status>[]): State<Status> =>
  counting(rules).reduce<State<Status>>(after, nothingYet)
