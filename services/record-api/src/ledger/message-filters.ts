import type { IndexedBy } from '@tideway/mongo/newest-messages'
import type { LedgerMessage } from '@tideway/schemas/documents/ledger'
import { Type } from 'typebox'

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

const timePattern = String.raw`^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$`
const time = (description: string) =>
  Type.Optional(
    Type.String({
      pattern: timePattern,
      description: `${description}, e.g. 2026-11-22T09:30:00Z; a day is its midnight in UTC.`,
    }),
  )

/** The optional filters of GET /api/messages, as documented. */
const MessageFilterQuery = Type.Object({
  from: time('Received at this time or later'),
  to: time('Received before this time'),
  type: Type.Optional(
    Type.String({ maxLength: 50, description: 'Message type and trigger event, e.g. ADT^A01.' }),
  ),
  state: Type.Optional(
    Type.Union([Type.Literal('parked'), Type.Literal('released'), Type.Literal('dropped')], {
      description: 'parked: waiting now; released and dropped: was parked.',
    }),
  ),
})

/** The same as parameters of a route. */
export const messageFilterParameters = Object.entries(MessageFilterQuery.properties).map(
  ([name, schema]) => ({
    name,
    in: 'query' as const,
    required: false,
    description: (schema as { description?: string }).description ?? '',
    schema,
  }),
)

/** @returns null if it is not a time as `MessageFilterQuery` describes */
export const readFilterTime = (text: unknown): number | null => {
  if (typeof text !== 'string' || !new RegExp(timePattern).test(text)) return null
  const milliseconds = Date.parse(text)
  return Number.isNaN(milliseconds) ? null : milliseconds * 1000
}

export const isStateName = (text: unknown): text is StateName =>
  typeof text === 'string' && Object.hasOwn(states, text)

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
