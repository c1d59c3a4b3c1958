import type { IndexedBy } from '@tideway/mongo/newest-messages'
import type { LedgerMessage } from '@tideway/schemas/documents/ledger'
import { isRealDay } from '@tideway/time/calendar'
import { type Static, Type } from 'typebox'

const states = { parked: 'PARKED', released: 'RELEASED', dropped: 'DROPPED' } as const
type StateName = keyof typeof states

/** Which messages are listed; null: any. Times in microseconds since 1970 UTC. */
export type MessageFilters = {
  controlId: string | null
  source: string | null
  /** Received at this time or later. */
  from: number | null
  /** Received before this time. */
  to: number | null
  /** Message and trigger event, e.g. `ADT^A01`. */
  type: string | null
  state: StateName | null
}

const timePattern = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/

/** A day, or a time with an offset, that exists. */
export const isFilterTime = (text: string): boolean =>
  timePattern.test(text) && isRealDay(text.slice(0, 10)) && !Number.isNaN(Date.parse(text))

const time = (description: string) =>
  Type.Optional(
    Type.String({
      format: 'filter-time',
      description: `${description}, e.g. 2026-11-22T09:30:00Z; a day is its midnight in UTC.`,
    }),
  )

/** The optional filters of GET /api/messages, as documented. */
export const MessageFilterQuery = Type.Object({
  from: time('Received at this time or later'),
  to: time('Received before this time'),
  type: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 50,
      description: 'Message type and trigger event, e.g. ADT^A01.',
    }),
  ),
  state: Type.Optional(
    Type.Enum(['parked', 'released', 'dropped'], {
      description: 'parked: waiting now; released and dropped: was parked.',
    }),
  ),
})

type FilterQuery = { controlId?: string; source?: string } & Static<typeof MessageFilterQuery>

/** The filters of a valid query. */
export const messageFilters = (query: FilterQuery): MessageFilters => ({
  controlId: query.controlId?.trim() ?? null,
  source: query.source?.trim() ?? null,
  from: microsecondsOf(query.from),
  to: microsecondsOf(query.to),
  type: query.type?.trim() ?? null,
  state: query.state ?? null,
})

const microsecondsOf = (time: string | undefined): number | null =>
  time === undefined ? null : Date.parse(time.trim()) * 1000

/** How the ledger is searched: by one index, then message by message. */
export type LedgerSearch = {
  /** Served by the index `{X, received desc, _id}`. */
  by: IndexedBy
  /** Whether a message found by the index is wanted; null: all are. */
  keep: ((message: LedgerMessage) => boolean) | null
  from: number | null
  to: number | null
}

/** The search by the most selective filter; the other filters are tested on each message. */
export const ledgerSearch = (filters: MessageFilters): LedgerSearch => {
  const { controlId, source, from, to, type, state } = filters
  const range = { from, to }
  const isWanted = (message: LedgerMessage): boolean =>
    (source === null || message.source === source) &&
    (type === null || message.type === type) &&
    (state === null || message.parked?.state === states[state])
  if (controlId !== null)
    return { by: { controlId }, keep: (source ?? type ?? state) ? isWanted : null, ...range }
  if (state !== null)
    return {
      by: { 'parked.state': states[state] },
      keep: (source ?? type) ? isWanted : null,
      ...range,
    }
  if (source !== null) return { by: { source }, keep: type === null ? null : isWanted, ...range }
  return { by: {}, keep: type === null ? null : isWanted, ...range }
}
