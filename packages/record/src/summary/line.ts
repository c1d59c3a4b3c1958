import type { Entry, Statement } from '@tideway/schemas/documents/entry'
import type { StatementLine } from '@tideway/schemas/documents/head'
import type { StatementKind } from '@tideway/schemas/documents/statement'
import { clinicalTimeOf, isAfterItsMessage } from '../entries/entry.ts'

export const cut = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1)}…`

/** The data of an entry if it is of this kind, else null. */
export const of = <K extends StatementKind>(data: Statement, kind: K): Statement<K> | null =>
  (data.kind as StatementKind) === kind ? (data as unknown as Statement<K>) : null

/** The code that set the status of an entry, as sent; null if it was made of something else. */
export const statusAsSentOf = ({ statusFrom, reported }: Statement): string | null => {
  const told = reported[statusFrom ?? reported.length - 1] as
    | Readonly<Record<string, unknown>>
    | undefined
  return (
    ((told?.['statusAsSent'] ?? told?.['clinicalStatusAsSent'] ?? null) as string | null) || null
  )
}

/** A line of an entry. */
export const lineOf = (
  entry: Entry,
  data: Statement,
  text: string,
  more: Partial<StatementLine> = {},
): StatementLine => {
  const statusAsSent = statusAsSentOf(data)
  return {
    entry: entry._id,
    sortAt: entry.sortAt,
    text,
    at: clinicalTimeOf(data),
    status: data.status,
    ...(statusAsSent === null ? {} : { statusAsSent }),
    ...(isAfterItsMessage(entry) ? { inFuture: true } : {}),
    ...(entry.family !== undefined && entry.kind === 'prescription' ? { usedAgain: true } : {}),
    ...more,
  }
}
