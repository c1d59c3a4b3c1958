import { NotDurableError } from '@tideway/ingest/not-durable-error'

/** Every way a message can fail. `outcomes.ts` defines what each means for the sender. */
export const errorCodes = [
  'NOT_HL7',
  'XML_BATCH',
  'UNKNOWN_SOURCE',
  'SENDER_MISMATCH',
  'MISSING_CONTROL_ID',
  'TEST_MESSAGE',
  'TOO_LARGE',
  'FRAME_TIMEOUT',
  'SAME_PATIENT_MERGED',
  'UNSUPPORTED_TYPE',
  'MISSING_FIELD',
  'INVALID_FIELD',
  'SEVERAL_PATIENTS',
  'PATIENT_NOT_NAMED',
  'VISIT_NOT_IDENTIFIED',
  'USED_IN_PART',
  'UNEXPECTED',
  'LOG_UNAVAILABLE',
  'STORE_UNAVAILABLE',
] as const
export type IngestErrorCode = (typeof errorCodes)[number]

/**
 * An expected failure; see `outcomes.ts`.
 *
 * `at` is a place in the message (`PID-7`), never a value, because error messages are logged.
 */
export class IngestError extends Error {
  override readonly name = 'IngestError'
  readonly code: IngestErrorCode
  readonly at: string

  constructor(code: IngestErrorCode, at: string, options?: ErrorOptions) {
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
