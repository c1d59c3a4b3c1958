import { type FieldProblem, invalidRequest } from '../errors.ts'
import { type LedgerCursor, readLedgerCursor } from '../ledger/ledger-cursor.ts'

export type MessagesRequest = {
  controlId: string
  source: string | null
  before: LedgerCursor | null
}

const one = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' && value.length <= 199 ? value.trim() : null

/**
 * Which messages are asked for, as far as the caller may see: an operator any source's, a system
 * its own organisation's.
 *
 * @throws ApiError INVALID_REQUEST naming every parameter that is wrong, or NOT_YOUR_SOURCE
 */
export const readMessagesRequest = (query: Record<string, unknown>): MessagesRequest => {
  const [controlId, named] = [one(query['controlId']), one(query['source'])]
  const before = readLedgerCursor(query['before'])
  const faults: (FieldProblem | false)[] = [
    controlId === null && {
      field: 'controlId',
      reason: query['controlId'] === undefined ? 'is missing' : 'is not an MSH-10',
    },
    named === null &&
      query['source'] !== undefined && { field: 'source', reason: 'is not an ODS code' },
    before === null &&
      query['before'] !== undefined && {
        field: 'before',
        reason: 'is not a cursor of this service',
      },
  ]
  const problems = faults.filter((fault) => fault !== false)
  if (controlId === null || problems.length > 0) throw invalidRequest(...problems)
  return { controlId, source: named, before }
}
