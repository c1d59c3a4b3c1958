import type { Subject } from '../access.ts'
import { ApiError, invalidRequest } from '../errors.ts'

export type MessagesRequest = { controlId: string; source: string | null }

const one = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' && value.length <= 199 ? value.trim() : null)

/**
 * Which messages are asked for, as far as the caller may see: an operator any source's, a system its own organisation's.
 *
 * @throws ApiError INVALID_REQUEST naming the parameter, or NOT_YOUR_SOURCE
 */
export const readMessagesRequest = (query: Record<string, unknown>, subject: Subject): MessagesRequest => {
  const controlId = one(query['controlId'])
  if (controlId === null) throw invalidRequest({ field: 'controlId', reason: query['controlId'] === undefined ? 'is missing' : 'is not an MSH-10' })
  const named = one(query['source'])
  if (named === null && query['source'] !== undefined) throw invalidRequest({ field: 'source', reason: 'is not an ODS code' })
  const source = named ?? ownSource(subject)
  if (source !== null && !maySeeSource(subject, source)) throw new ApiError('NOT_YOUR_SOURCE')
  return { controlId, source }
}

const ownSource = ({ role, organisation }: Subject): string | null => (role === 'operator' ? null : organisation)

export const maySeeSource = ({ role, organisation }: Subject, source: string): boolean => role === 'operator' || source === organisation
