import { expect, test } from 'vitest'
import { ApiError, asApiError, errors, invalidRequest, problemOf } from './errors.ts'

const named = (name: string, more: object = {}) =>
  Object.assign(new Error('secret 9434765919'), { name }, more)

test.each([
  [named('MongoServerSelectionError'), 'STORE_UNAVAILABLE'],
  [named('MongoNetworkTimeoutError'), 'STORE_UNAVAILABLE'],
  [named('MongoClientClosedError'), 'STORE_UNAVAILABLE'],
  [named('MongoServerError'), 'UNEXPECTED'],
  [named('FastifyError', { statusCode: 413 }), 'TOO_LARGE'],
  [named('FastifyError', { statusCode: 415 }), 'UNSUPPORTED_MEDIA_TYPE'],
  [named('SyntaxError', { statusCode: 400 }), 'INVALID_REQUEST'],
  [named('TypeError'), 'UNEXPECTED'],
  [null, 'UNEXPECTED'],
])('%s is %s, and nothing of it is told', (error, code) => {
  const refusal = asApiError(error)
  expect(refusal.code).toBe(code)
  expect(JSON.stringify(problemOf(refusal))).not.toContain('9434765919')
})

test('a refusal of ours stays what it is', () => {
  const refusal = invalidRequest({ field: 'nhsNumber', reason: 'is missing' })
  expect(asApiError(refusal)).toBe(refusal)
  expect(problemOf(refusal)).toEqual({
    type: '/problems#INVALID_REQUEST',
    title: errors.INVALID_REQUEST.title,
    status: 400,
    detail: errors.INVALID_REQUEST.detail,
    code: 'INVALID_REQUEST',
    errors: [{ field: 'nhsNumber', reason: 'is missing' }],
  })
})

test('fields are only there where there are some', () => {
  expect(problemOf(new ApiError('NO_SUCH_PATIENT'))).not.toHaveProperty('errors')
})
