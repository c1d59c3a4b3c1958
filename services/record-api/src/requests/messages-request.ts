import type { Subject } from '../http/access.ts'
import { ApiError, type FieldProblem, invalidRequest } from '../http/errors.ts'
import { isStateName, type MessageFilters, readFilterTime } from '../ledger/message-filters.ts'
import { type LedgerCursor, readLedgerCursor } from './ledger-cursor.ts'

export type MessagesRequest = MessageFilters & { before: LedgerCursor | null }

const one = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' && value.length <= 199 ? value.trim() : null

/**
 * The messages to list, as far as the caller may see them: an operator those of any source, a
 * system those of its own organisation.
 *
 * @throws ApiError INVALID_REQUEST naming every parameter that is wrong, or NOT_YOUR_SOURCE
 */
export const readMessagesRequest = (
  query: Record<string, unknown>,
  subject: Subject,
): MessagesRequest => {
  const given = (name: string) => query[name] !== undefined
  const request = {
    controlId: one(query['controlId']),
    source: one(query['source']),
    from: readFilterTime(query['from']),
    to: readFilterTime(query['to']),
    type: one(query['type']),
    state: isStateName(query['state']) ? query['state'] : null,
    before: readLedgerCursor(query['before']),
  }
  const problems = Object.entries(reasons)
    .filter(([field]) => given(field) && request[field as keyof typeof request] === null)
    .map(([field, reason]): FieldProblem => ({ field, reason }))
  if (problems.length > 0) throw invalidRequest(...problems)
  const source = request.source ?? ownSource(subject)
  if (source !== null && !maySeeSource(subject, source)) throw new ApiError('NOT_YOUR_SOURCE')
  return { ...request, source }
}

/** Why a parameter that was given is refused. */
const reasons: Record<keyof MessagesRequest, string> = {
  controlId: 'is not an MSH-10',
  source: 'is not an ODS code',
  from: 'is not a time such as 2026-11-22T09:30:00Z',
  to: 'is not a time such as 2026-11-22T09:30:00Z',
  type: 'is not a message type such as ADT^A01',
  state: 'is not parked, released or dropped',
  before: 'is not a cursor of this service',
}

const ownSource = ({ role, organisation }: Subject): string | null =>
  role === 'operator' ? null : organisation

export const maySeeSource = ({ role, organisation }: Subject, source: string): boolean =>
  role === 'operator' || source === organisation
