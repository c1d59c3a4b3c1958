import type { Rule } from './rule.ts'

type State<Status extends string> = { status: Status | 'unknown'; shown: readonly number[] }
type Settled<Status extends string> = State<Status> & { asked: State<Status> | null }

const nothingYet = { status: 'unknown', shown: [], asked: null } as const

const after = <Status extends string>(before: Settled<Status>, rule: Rule<Status>, index: number): Settled<Status> => {
  if (rule.undoes) {
    // What was asked may have been the first thing heard: it then shows itself, for want of what it was about.
    const shown = [before.asked?.shown ?? [], before.shown, [index]].find((some) => some.length > 0) as readonly number[]
    return { ...(before.asked ?? before), shown, asked: null }
  }
  const shown = { own: [index], over: [index, ...before.shown], before: before.shown.length === 0 ? [index] : before.shown }[rule.shows]
  const { status, shown: was } = before
  return { status: rule.status === 'as-before' ? status : rule.status, shown, asked: rule.asks ? { status, shown: was } : before.asked }
}

/**
 * Status of an entry and which statements are shown, from everything stated about it.
 *
 * @param rules  of each statement, in version order
 */
export const settle = <Status extends string>(rules: readonly Rule<Status>[]): State<Status> => {
  const { status, shown } = rules.reduce<Settled<Status>>(after, nothingYet)
  return { status, shown }
}
