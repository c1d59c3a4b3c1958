import { FhirError } from '@tideway/fhir/fault'
import { BearerError } from '@tideway/http/bearer-token'
import { NotDurableError } from '@tideway/ingest/not-durable-error'
import { type FhirErrorCode, fhirError, type RequestError } from './errors.ts'

const byStatus: Record<number, FhirErrorCode> = {
  400: 'NOT_JSON',
  413: 'TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'TOO_MANY_REQUESTS',
}

/** Of FST_ERR_VALIDATION: the first schema error of the params, query or headers. */
type ValidationFailure = { validation?: readonly { instancePath: string }[] }

/**
 * The failure of a request, whatever was thrown. A framework error is classified by its schema
 * errors, else by its HTTP status; anything unknown is FAILED.
 */
export const asFhirError = (error: unknown): RequestError => {
  if (error instanceof FhirError) return error
  if (error instanceof BearerError || error instanceof NotDurableError)
    return fhirError(error.code, null, { cause: error })
  const { statusCode, validation } = (error ?? {}) as { statusCode?: number } & ValidationFailure
  if (validation !== undefined)
    return fhirError('INVALID_REQUEST', parameterIn(validation), { cause: error })
  return fhirError(byStatus[statusCode ?? 500] ?? 'FAILED', null, { cause: error })
}

const parameterIn = ([first]: readonly { instancePath: string }[]): string | null =>
  first?.instancePath.replace(/^\//, '') || null
