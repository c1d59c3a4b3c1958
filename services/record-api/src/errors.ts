import { earlyFaults } from '@tideway/http/early-answers'

/**
 * Every error this service answers with. The table in docs/errors.md and the page `/problems` are
 * generated from it.
 *
 * `detail` says what the caller can do about it; it never repeats what was sent.
 */
export const errors = {
  ...earlyFaults,
  INVALID_REQUEST: {
    status: 400,
    title: 'The request is not valid',
    detail: 'See `errors` for each field and the reason.',
  },
  UNAUTHENTICATED: {
    status: 401,
    title: 'A bearer token is required',
    detail: 'Send `Authorization: Bearer <token>` with an access token of the issuer.',
  },
  INVALID_TOKEN: {
    status: 401,
    title: 'The token is not valid',
    detail: 'It must be signed by the issuer, with this service as its audience.',
  },
  TOKEN_EXPIRED: {
    status: 401,
    title: 'The token has expired',
    detail: 'Request a new one from the issuer.',
  },
  NOT_PERMITTED: {
    status: 403,
    title: 'Not permitted for this role',
    detail: 'The token is valid, but its `role` and `organisation` do not permit the request.',
  },
  NOT_YOUR_SOURCE: {
    status: 403,
    title: 'The source is another organisation',
    detail:
      'A system reads messages of its own organisation only: leave `source` out or name that one.',
  },
  NO_SUCH_ROUTE: { status: 404, title: 'No such address', detail: 'See /docs.' },
  NO_SUCH_PATIENT: {
    status: 404,
    title: 'No such patient',
    detail: 'Patient ids come from POST /api/patients/search.',
  },
  NO_SUCH_NUMBER: {
    status: 404,
    title: 'No patient with that number',
    detail: 'The organisation has sent nothing about a patient with that identifier.',
  },
  NO_SUCH_WORK_ITEM: {
    status: 404,
    title: 'No such conflict is open',
    detail:
      'Work items come from GET /api/identity/work-items; only identity conflicts are resolved.',
  },
  NO_SUCH_ENTRY: {
    status: 404,
    title: 'No such entry',
    detail: 'The record of this patient has no entry with that id.',
  },
  NO_SUCH_FIELD: {
    status: 404,
    title: 'No such field',
    detail: 'The entry has no value there that came from a message.',
  },
  NO_SUCH_MESSAGE: {
    status: 404,
    title: 'No such message',
    detail: 'The ledger has no message with that id that the caller may read.',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    title: 'The method is not allowed',
    detail: 'See the Allow header.',
  },
  SAME_NUMBER: {
    status: 409,
    title: 'Both are one number',
    detail: 'A number that was given to two people is split, not linked or kept apart.',
  },
  WITHDRAWN: {
    status: 410,
    title: 'The value was withdrawn',
    detail: 'Its sender withdrew it. The text is not shown, as it may be about another person.',
  },
  TOO_LARGE: { status: 413, title: 'The body is too large', detail: 'A request is at most 16 KB.' },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    title: 'The body is not JSON',
    detail: 'Send `Content-Type: application/json`.',
  },
  UNEXPECTED: {
    status: 500,
    title: 'Unexpected error',
    detail: 'A defect of this service; it is logged.',
  },
  STORE_UNAVAILABLE: {
    status: 503,
    title: 'The record store does not respond',
    detail: 'The record cannot be read now; try again.',
  },
  ARCHIVE_PENDING: {
    status: 503,
    title: 'The message is not archived yet',
    detail:
      'It is in the log and reaches the archive within seconds; try again after `Retry-After`.',
  },
  ARCHIVE_UNAVAILABLE: {
    status: 503,
    title: 'The archive does not respond',
    detail: 'The text of the message cannot be read now; try again.',
  },
  PERSON_PENDING: {
    status: 503,
    title: 'The person is not known yet',
    detail: 'What was received last is still being considered; try again after a second.',
  },
  LOG_UNAVAILABLE: {
    status: 503,
    title: 'The log does not respond',
    detail:
      'It is not known whether the decision is durable; look at the person before trying again.',
  },
  ISSUER_UNAVAILABLE: {
    status: 503,
    title: 'The issuer does not respond',
    detail: 'The token cannot be verified now; try again.',
  },
} as const satisfies Record<string, { status: number; title: string; detail: string }>

export type ApiErrorCode = keyof typeof errors

/** A field of the request and what is wrong with it; never its value. */
export type FieldProblem = { field: string; reason: string }

/** An error with its code; the server turns it into a problem document. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: ApiErrorCode
  readonly fields: readonly FieldProblem[]
  readonly headers: Readonly<Record<string, string>>

  constructor(
    code: ApiErrorCode,
    {
      fields = [],
      headers = {},
      cause,
    }: { fields?: readonly FieldProblem[]; headers?: Record<string, string>; cause?: unknown } = {},
  ) {
    super(code, { cause })
    this.code = code
    this.fields = fields
    this.headers = headers
  }
}

export const invalidRequest = (...fields: FieldProblem[]) =>
  new ApiError('INVALID_REQUEST', { fields })

/**
 * The body of an error.
 *
 * @see RFC 9457 Problem Details for HTTP APIs
 */
export const problemOf = (error: ApiError) => ({
  type: `/problems#${error.code}`,
  title: errors[error.code].title,
  status: errors[error.code].status,
  detail: errors[error.code].detail,
  code: error.code,
  ...(error.fields.length > 0 ? { errors: error.fields } : {}),
})
