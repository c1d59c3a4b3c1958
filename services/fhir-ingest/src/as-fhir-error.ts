import { type ErrorCode, FhirError, fhirError } from '@tideway/fhir/errors'
import { BearerError } from '@tideway/http/bearer-token'
import { NotDurableError } from '@tideway/ingest/not-durable-error'

const byStatus: Record<number, ErrorCode> = {
  400: 'NOT_JSON',
  413: 'TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'TOO_MANY_REQUESTS',
}

/** What any failure of a request is to its sender. The framework's own failures carry a status. */
export const asFhirError = (error: unknown): FhirError => {
  if (error instanceof FhirError) return error
  if (error instanceof BearerError || error instanceof NotDurableError)
    return fhirError(error.code, null, { cause: error })
  const { statusCode } = (error ?? {}) as { statusCode?: number }
  return fhirError(byStatus[statusCode ?? 500] ?? 'FAILED', null, { cause: error })
}
