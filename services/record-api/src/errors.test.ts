import { expect, test } from 'vitest'
import { ApiError, errors, invalidRequest, problemOf } from './errors.ts'

test('a problem document names the fields', () => {
  const refusal = invalidRequest({ field: 'nhsNumber', reason: 'is missing' })
  expect(problemOf(refusal)).toEqual({
    type: '/problems#INVALID_REQUEST',
    title: errors.INVALID_REQUEST.title,
    status: 400,
    detail: errors.INVALID_REQUEST.detail,
    code: 'INVALID_REQUEST',
    errors: [{ field: 'nhsNumber', reason: 'is missing' }],
  })
})

test('a problem without fields has no errors', () => {
  expect(problemOf(new ApiError('NO_SUCH_PATIENT'))).not.toHaveProperty('errors')
})
