import { Value } from 'typebox/value'
import { beforeAll, expect, test } from 'vitest'
import { readCursor, writeCursor } from '../chart/cursor.ts'
import { registerFormats } from './formats.ts'
import { requestProblems } from './request-problems.ts'
import { PageQuery, PurposeQuery } from './request-schemas.ts'

beforeAll(registerFormats)

const cursor = { sortAt: new Date('1901-02-03T04:05:06.789Z'), entry: 'Zx8sJ3l5Qm2vB7nT0yHcUg' }

/** As Fastify validates a query: converted, then checked. */
const queryOf = (query: object) => Value.Convert(PageQuery, query)

test('a cursor comes back as it went, before 1970 too', () => {
  expect(readCursor(writeCursor(cursor))).toEqual(cursor)
  const query = queryOf({ kind: 'report', before: writeCursor(cursor), limit: '5' })
  expect(Value.Check(PageQuery, query)).toBe(true)
  expect(query).toEqual({ kind: 'report', before: writeCursor(cursor), limit: 5 })
})

test('only the kind is needed', () => {
  expect(Value.Check(PageQuery, { kind: 'document' })).toBe(true)
  expect(PageQuery.properties.limit).toMatchObject({ default: 100 })
})

test.each([
  [{}, ['kind']],
  [{ kind: 'encounters' }, ['kind']],
  [{ kind: 'report', limit: '101' }, ['limit']],
  [{ kind: 'report', limit: '0' }, ['limit']],
  [{ kind: 'report', limit: 'many', before: 'x' }, ['before', 'limit']],
  [{ kind: 'report', before: ['a', 'b'] }, ['before']],
])('%j is refused, naming the parameters', (sent, fields) => {
  const query = queryOf(sent)
  expect(Value.Check(PageQuery, query)).toBe(false)
  expect(requestProblems(PageQuery, query).map(({ field }) => field)).toEqual(fields)
})

test('a purpose of use is a code of the value set', () => {
  expect(Value.Check(PurposeQuery, { purpose: 'ETREAT' })).toBe(true)
  expect(Value.Check(PurposeQuery, {})).toBe(true)
  for (const purpose of ['treat', 'CURIOSITY', '', 'PurposeOfUse'])
    expect(requestProblems(PurposeQuery, { purpose })).toMatchObject([{ field: 'purpose' }])
})
