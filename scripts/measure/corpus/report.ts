import { barOf, textTable } from '../../operate/client/table.ts'
import type { SentFrame } from './send.ts'
import { isKept, type Ledger } from './verify.ts'

export type OutcomeCount = { type: string; outcome: string; count: number }

/**
 * What became of one message: taken, parked with code, refused with code, or no answer requested.
 */
const outcomeOf = (sent: SentFrame, ledger: Ledger): string => {
  if (sent.answer === null) return sent.silent ? 'taken, no answer asked for' : 'NO ANSWER'
  if (!isKept(sent) || sent.answer.error === '205')
    return `refused ${sent.answer.code} ${sent.answer.error ?? ''} ${sent.answer.place ?? ''}`.trim()
  const parked = ledger.get(sent.controlId)?.find((held) => held.parked !== undefined)?.parked
  return parked == null ? 'taken' : `parked ${parked.code}`
}

export const countOutcomes = (sent: readonly SentFrame[], ledger: Ledger): OutcomeCount[] => {
  const counts = new Map<string, OutcomeCount>()
  for (const one of sent) {
    const counted = { type: one.type ?? 'no MSH-9', outcome: outcomeOf(one, ledger), count: 0 }
    const key = `${counted.type}\t${counted.outcome}`
    const known = counts.get(key) ?? counted
    known.count++
    counts.set(key, known)
  }
  return [...counts.values()].sort((a, b) => b.count - a.count || a.type.localeCompare(b.type))
}

export const outcomeTable = (counted: readonly OutcomeCount[]): string => {
  const most = Math.max(...counted.map(({ count }) => count))
  const rows = counted.map(({ type, outcome, count }) => [
    type,
    outcome,
    String(count),
    barOf(Math.sqrt(count), Math.sqrt(most), 24),
  ])
  return textTable(
    [{ name: 'type' }, { name: 'outcome' }, { name: 'messages', right: true }, { name: '' }],
    rows,
  )
}
