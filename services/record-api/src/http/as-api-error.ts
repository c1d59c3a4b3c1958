import type { FastifyRequest } from 'fastify'
import type { TSchema } from 'typebox'
import { ApiError, type ApiErrorCode, invalidRequest } from '../errors.ts'
import { requestProblems } from './request-problems.ts'

const byStatus: Record<number, ApiErrorCode> = {
  400: 'INVALID_REQUEST',
  413: 'TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
}
const storeErrors =
  /^Mongo(Network|ServerSelection|PoolCleared|WaitQueue|Topology|NotConnected|ClientClosed|OperationTimeout)/

type RequestPart = 'params' | 'querystring' | 'body'
export type ValidatedRequest = Pick<FastifyRequest, 'params' | 'query' | 'body'> & {
  routeOptions: { schema?: { [Part in RequestPart]?: unknown } }
}

const validationError = (part: RequestPart, request: ValidatedRequest): ApiError => {
  const value = part === 'querystring' ? request.query : request[part]
  return invalidRequest(...requestProblems(request.routeOptions.schema?.[part] as TSchema, value))
}

/**
 * Any failure as one of our closed list. Fastify's own failures carry a status, failed validations
 * the part of the request, and those of the MongoDB driver are known by name.
 */
export const asApiError = (error: unknown, request: ValidatedRequest): ApiError => {
  if (error instanceof ApiError) return error
  const {
    name = '',
    statusCode,
    validationContext,
  } = (error ?? {}) as {
    name?: string
    statusCode?: number
    validationContext?: RequestPart
  }
  if (validationContext !== undefined) return validationError(validationContext, request)
  if (storeErrors.test(name)) return new ApiError('STORE_UNAVAILABLE', { cause: error })
  const code = byStatus[statusCode ?? 500] ?? 'UNEXPECTED'
  return new ApiError(
    code,
    code === 'INVALID_REQUEST'
      ? { fields: [{ field: 'body', reason: 'is not valid JSON' }], cause: error }
      : { cause: error },
  )
}
