import { NotDurableError } from '@tideway/ingest/not-durable-error'

/** Every way a message can fail here. `outcomes.ts` says what each means to the sender. */
export const errorCodes = [
  'NOT_HL7',
  'XML_BATCH',
  'UNKNOWN_SOURCE',
  'MISSING_CONTROL_ID',
  'TEST_MESSAGE',
  'TOO_LARGE',
  'FRAME_TIMEOUT',
  'SAME_PATIENT_MERGED',
  'UNSUPPORTED_TYPE',
  'MISSING_FIELD',
  'INVALID_FIELD',
  'SEVERAL_PATIENTS',
  'VISIT_NOT_IDENTIFIED',
  'UNEXPECTED',
  'LOG_UNAVAILABLE',
  'STORE_UNAVAILABLE',
] as const
export type ErrorCode = (typeof errorCodes)[number]

/**
 * A failure the pipeline knows what to do with; see `outcomes.ts`.
 *
 * `at` names the place in the message (`PID-7`), never its value: messages reach the logs.
 */
export class IngestError extends Error {
  override readonly name = 'IngestError'
  readonly code: ErrorCode
  readonly at: string

  constructor(code: ErrorCode, at: string, options?: ErrorOptions) {
    super(`${code} at ${at}`, options)
    this.code = code
    this.at = at
  }
}

export const asIngestError = (error: unknown): IngestError => {
  if (error instanceof IngestError) return error
  return error instanceof NotDurableError
    ? new IngestError(error.code, 'log', { cause: error.cause })
    : new IngestError('UNEXPECTED', 'pipeline', { cause: error })
}
