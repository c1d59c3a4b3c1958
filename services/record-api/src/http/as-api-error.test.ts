import { expect, test } from 'vitest'
import { invalidRequest, problemOf } from '../errors.ts'
import { asApiError, type ValidatedRequest } from './as-api-error.ts'
import { registerFormats } from './formats.ts'
import { Search } from './request-schemas.ts'

const request: ValidatedRequest = {
  params: {},
  query: {},
  body: { nhsNumber: '9434765918', birthDate: '1950-02-03' },
  routeOptions: { schema: { body: Search } },
}

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
])('%s is %s, and its message is not in the answer', (error, code) => {
  const refusal = asApiError(error, request)
  expect(refusal.code).toBe(code)
  expect(JSON.stringify(problemOf(refusal))).not.toContain('9434765919')
})

test('an ApiError is unchanged', () => {
  const refusal = invalidRequest({ field: 'nhsNumber', reason: 'is missing' })
  expect(asApiError(refusal, request)).toBe(refusal)
})

test('a failed validation names the fields and not their values', () => {
  registerFormats()
  const failure = Object.assign(new Error('body/nhsNumber must match format'), {
    statusCode: 400,
    validation: [],
    validationContext: 'body',
  })
  const refusal = asApiError(failure, request)
  expect(refusal).toMatchObject({ code: 'INVALID_REQUEST', fields: [{ field: 'nhsNumber' }] })
  expect(JSON.stringify(problemOf(refusal))).not.toContain('9434765918')
})
