import { actions } from '../../status/action-codes.ts'
import { type Rule, rowOf, says } from '../../status/rule.ts'

/** Actions that some senders write as words. */
const words: Readonly<Record<string, string>> = { ADD: 'A', DELETE: 'D', UPDATE: 'U' }

const actionRow = (action: string) => {
  const code = action.trim().toUpperCase()
  return rowOf(actions, rowOf(words, code) ?? code)
}

/** Whether an action takes back what it is about. */
export const isDeletion = (action: string): boolean => actionRow(action)?.status === 'deleted'

/**
 * A statement with an action code and a status of its own.
 *
 * @param action  as sent; null for a snapshot
 * @param status  null if none was sent
 * @param silent  status where neither says anything
 */
export const byAction = <Status extends string>(
  action: string | null,
  status: Status | null,
  silent: Status | 'as-before',
): Rule<Status | 'deleted' | 'unknown'> => {
  if (action === null) return says<Status | 'deleted' | 'unknown' | 'as-before'>(status ?? silent)
  const row = actionRow(action)
  if (row === null) return says('unknown')
  if (row.status === 'deleted') return row
  return { ...row, status: status ?? (row.shows === 'over' ? 'as-before' : silent) }
}
