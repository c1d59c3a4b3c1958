import { textTable } from '../operate/client/table.ts'
import type { SentFrame } from '../measure/corpus/send.ts'
import { isKept } from '../measure/corpus/verify.ts'

/** Refused messages, which are not in the ledger, by their answers. Null if there are none. */
export const refusalsTable = (sent: readonly SentFrame[]): string | null => {
  const reasons = Map.groupBy(
    sent.filter((one) => one.answer !== null && !isKept(one)),
    ({ answer }) => `${answer?.code} ${answer?.error ?? ''}\t${answer?.place ?? ''}`,
  )
  if (reasons.size === 0) return null
  const rows = [...reasons]
    .sort((a, b) => b[1].length - a[1].length)
    .map(([reason, own]) => [...reason.split('\t'), String(own.length)])
  return textTable(
    [{ name: 'refused with' }, { name: 'at' }, { name: 'messages', right: true }],
    rows,
  )
}
