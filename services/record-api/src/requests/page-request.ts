import { type EntryKind, entryKinds } from '@tideway/schemas/documents/entry'
import { type FieldProblem, invalidRequest } from '../errors.ts'
import { maxPage } from '../chart/take-page.ts'
import { type Cursor, readCursor } from '../chart/cursor.ts'

export type PageRequest = { kind: EntryKind; before: Cursor | null; limit: number }

/**
 * Reads the query of a page of entries.
 *
 * @throws ApiError INVALID_REQUEST naming every parameter that is wrong
 */
export const readPageRequest = (query: Record<string, unknown>): PageRequest => {
  const kind = entryKinds.find((known) => known === query['kind'])
  const before = query['before'] === undefined ? null : readCursor(query['before'])
  const limit = query['limit'] === undefined ? maxPage : Number(query['limit'])
  const faults: (FieldProblem | false)[] = [
    kind === undefined && { field: 'kind', reason: `is not one of ${entryKinds.join(', ')}` },
    query['before'] !== undefined &&
      before === null && { field: 'before', reason: 'is not a cursor of this service' },
    !(Number.isInteger(limit) && limit >= 1 && limit <= maxPage) && {
      field: 'limit',
      reason: `is not a whole number from 1 to ${maxPage}`,
    },
  ]
  const problems = faults.filter((fault) => fault !== false)
  if (kind === undefined || problems.length > 0) throw invalidRequest(...problems)
  return { kind, before, limit }
}
