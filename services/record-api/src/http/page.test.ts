import { expect, test } from 'vitest'
import type { ApiError } from '../errors.ts'
import { readCursor, writeCursor } from '../chart/cursor.ts'
import { readPageRequest } from '../requests/page-request.ts'

const cursor = { sortAt: new Date('1901-02-03T04:05:06.789Z'), entry: 'Zx8sJ3l5Qm2vB7nT0yHcUg' }

test('a cursor comes back as it went, before 1970 too', () => {
  expect(readCursor(writeCursor(cursor))).toEqual(cursor)
  expect(readPageRequest({ kind: 'report', before: writeCursor(cursor), limit: '5' })).toEqual({
    kind: 'report',
    before: cursor,
    limit: 5,
  })
})

test('without more it is the newest hundred', () => {
  expect(readPageRequest({ kind: 'document' })).toEqual({
    kind: 'document',
    before: null,
    limit: 100,
  })
})

test.each([
  [{}, ['kind']],
  [{ kind: 'encounters' }, ['kind']],
  [{ kind: 'report', limit: '101' }, ['limit']],
  [{ kind: 'report', limit: '0' }, ['limit']],
  [{ kind: 'report', limit: 'many', before: 'x' }, ['before', 'limit']],
  [{ kind: 'report', before: ['a', 'b'] }, ['before']],
])('%j is refused by name', (query, fields) => {
  const refused = () => readPageRequest(query)
  expect(refused).toThrow()
  try {
    refused()
  } catch (error) {
    expect((error as ApiError).fields.map(({ field }) => field)).toEqual(fields)
  }
})
